using System.Text.Json;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Executors.Local.Processes;

namespace Cairn.Platform.Executors.Local.Sandboxes;

/// <summary>
/// A launch as processes of the host: noted by number, start and boot; else found by the badge that every one of its
/// supervisors carries in its arguments.
/// </summary>
internal static class LaunchedProcess
{
    /// <summary>
    /// Gives a process its files: nothing to read, the log for both outputs, status and signal, its control groups.
    /// </summary>
    public static void Connect(SpawnPlan plan, TaskPlace place, int serial)
    {
        const int write = Libc.OpenCreate | Libc.OpenWriteOnly;
        const int anew = write | Libc.OpenTruncate;
        plan.Files.Add(new SpawnFile(0, "/dev/null", Libc.OpenReadOnly));
        plan.Files.Add(new SpawnFile(1, place.Folder.Log, write | Libc.OpenAppend));
        plan.Files.Add(new SpawnFile(CommandScript.StatusDescriptor, place.Folder.Status(serial), anew));
        plan.Files.Add(new SpawnFile(CommandScript.SignalDescriptor, place.Folder.Signal(serial), anew));
        var doors = place.Cgroup.Doors;
        for (var i = 0; i < doors.Count; i++)
            plan.Files.Add(new SpawnFile(CommandScript.DoorDescriptors[i], doors[i], Libc.OpenWriteOnly));
        plan.Duplicates.Add((1, 2));
    }

    /// <summary>Notes who was started.</summary>
    public static void Remember(TaskFolder folder, int serial, int pid)
    {
        var boot = ProcessIdentity.CurrentBoot;
        var identity = ProcessIdentity.Of(pid, boot) ?? new ProcessIdentity(pid, 0, boot);
        File.WriteAllBytes(
            folder.Process(serial), JsonSerializer.SerializeToUtf8Bytes(identity, PlaceJson.Default.ProcessIdentity));
    }

    /// <summary>Waits until nothing of a launch is left, and says how it ended.</summary>
    public static async Task<CommandEnd> Ended(ProcessWatch watch, TaskPlace place, Launch launch)
    {
        if (launch.Boot != ProcessIdentity.CurrentBoot)
            return SandboxEnd.Read(place, launch.Serial)
                ?? CommandEnd.Lost("The machine was restarted while the task ran");
        var outside = PlaceJson.Read(place.Folder.Process(launch.Serial), PlaceJson.Default.ProcessIdentity);
        if (outside is not null)
            await watch.Exited(outside);
        if (SandboxEnd.Read(place, launch.Serial) is { } end)
            return end;
        // The launcher died before it could tell, or we died before we could note who it is: whoever carries the badge.
        foreach (var process in Carriers(place, launch.Serial))
            await watch.Exited(process);
        return SandboxEnd.Read(place, launch.Serial)
            ?? CommandEnd.Lost("The sandbox of the task is gone, and nobody saw how it ended");
    }

    /// <summary>The living supervisors of a launch.</summary>
    public static IReadOnlyList<ProcessIdentity> Carriers(TaskPlace place, int serial) =>
        [.. ProcessIdentity.All()
            .Where(pid => Carries(place, serial, pid))
            .Select(pid => ProcessIdentity.Of(pid, ProcessIdentity.CurrentBoot))
            .OfType<ProcessIdentity>()];

    /// <summary>Whether a process carries the badge of a launch.</summary>
    public static bool Carries(TaskPlace place, int serial, int pid) =>
        ProcessIdentity.ArgumentsOf(pid).Contains(place.Badge(serial), StringComparer.Ordinal);
}

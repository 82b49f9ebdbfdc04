using System.Text;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Networks;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Executors.Local.Processes;
using Cairn.Platform.Stores.Files;

namespace Cairn.Platform.Executors.Local.Sandboxes;

/// <summary>
/// Runs commands under bubblewrap. The sandbox outlives us: a session of its own, output and status to files, never
/// `--die-with-parent` (it follows the thread that started it). It ends when its first process ends; that one is what a
/// stop kills, never only the launcher outside.
/// </summary>
internal sealed class BubblewrapEnclosure(ProcessWatch watch, string bubblewrap, string programs) : IEnclosure
{
    private const int ArgumentsDescriptor = 5;

    /// <inheritdoc/>
    public string Kind => "bubblewrap";

    /// <inheritdoc/>
    public TaskTokens Tokens(TaskPlace place) => TaskPaths.Tokens(place);

    /// <inheritdoc/>
    public Task Launch(TaskPlace place, int serial, TaskSecrets secrets, CancellationToken cancel)
    {
        if (place.Image is not ImageChoice.Host { Entry: var entry })
            throw new TaskStartException($"image {place.Order.Image} cannot run under bubblewrap");
        var folder = place.Folder;
        var doors = place.Cgroup.Doors;
        using var arguments = new MemoryFile("sandbox", BubblewrapArguments.Of(place, entry, programs, secrets));
        var plan = new SpawnPlan(Program(place), [.. Arguments(place, serial, doors.Count)], [])
        {
            Marker = folder.Launched(serial, ProcessIdentity.CurrentBoot),
        };
        LaunchedProcess.Connect(plan, place, serial);
        plan.Duplicates.Add((arguments.Descriptor, ArgumentsDescriptor));
        var contents = new List<MemoryFile>();
        try
        {
            foreach (var file in secrets.Files)
            {
                contents.Add(new MemoryFile("credential", Encoding.UTF8.GetBytes(file.Value)));
                plan.Duplicates.Add(
                    (contents[^1].Descriptor, BubblewrapArguments.FirstSecretDescriptor + contents.Count - 1));
            }

            if (Spawner.Start(plan) is { } pid)
                LaunchedProcess.Remember(folder, serial, pid);
        }
        catch (IOException failed) when (!IoFaults.IsFull(failed))
        {
            throw new TaskStartException(failed.Message);
        }
        finally
        {
            contents.ForEach(content => content.Dispose());
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<CommandEnd> Ended(TaskPlace place, Launch launch) => LaunchedProcess.Ended(watch, place, launch);

    /// <inheritdoc/>
    public void Terminate(TaskPlace place, int serial)
    {
        if (Init(place, serial) is not { } init)
            return;
        foreach (var command in ProcessIdentity.ChildrenOf(init.Pid))
            if (ProcessIdentity.GroupOf(command) is { } group)
                _ = Libc.kill(-group, Libc.SigTerm);
    }

    /// <inheritdoc/>
    public void Kill(TaskPlace place, int serial)
    {
        if (Init(place, serial) is { } init)
            _ = Libc.kill(init.Pid, Libc.SigKill);
        else
            foreach (var process in LaunchedProcess.Carriers(place, serial))
                _ = Libc.kill(process.Pid, Libc.SigKill);
    }

    /// <summary>The sandbox's first process as the host sees it, or null when it is gone or not there yet.</summary>
    public static ProcessIdentity? Init(TaskPlace place, int serial) =>
        SandboxStatus.Read(place.Folder.Status(serial)).ChildPid is { } pid
        && LaunchedProcess.Carries(place, serial, pid)
            ? ProcessIdentity.Of(pid, ProcessIdentity.CurrentBoot)
            : null;

    private string Program(TaskPlace place) => place.Network is TaskNetwork.Member ? "/usr/bin/nsenter" : bubblewrap;

    private IEnumerable<string> Arguments(TaskPlace place, int serial, int doors)
    {
        if (place.Network is TaskNetwork.Member member)
        {
            yield return "nsenter";
            if (member.User is { } user)
            {
                yield return $"--user={user}";
                yield return "--preserve-credentials";
            }

            yield return $"--net={member.Namespace}";
            yield return "--";
        }

        string[] fixedPart =
        [
            bubblewrap, "--clearenv", "--setenv", "CAIRN_LAUNCH", place.Badge(serial),
            "--args", $"{ArgumentsDescriptor}", "--json-status-fd", $"{CommandScript.StatusDescriptor}",
            "--", "/bin/sh", "-c", CommandScript.For(doors, tellsStatus: false), CommandScript.Name,
        ];
        foreach (var argument in fixedPart)
            yield return argument;
        var tokens = Tokens(place);
        foreach (var word in place.Order.Command)
            yield return tokens.Resolve(word);
    }
}

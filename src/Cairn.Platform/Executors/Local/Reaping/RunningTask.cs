using Cairn.Engine.Runs;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Executors.Local.Processes;
using Cairn.Platform.Executors.Local.Sandboxes;

namespace Cairn.Platform.Executors.Local.Reaping;

/// <summary>A task whose command runs now, for `runs exec` and `runs cp`: found from its folder, without the
/// engine.</summary>
public sealed class RunningTask
{
    private readonly LocalHome _home;
    private readonly TaskFolder _folder;
    private readonly PlacedOrder _placed;
    private readonly Launch _launch;

    private RunningTask(LocalHome home, TaskFolder folder, PlacedOrder placed, Launch launch) =>
        (_home, _folder, _placed, _launch) = (home, folder, placed, launch);

    /// <summary>The latest attempt at a task of a run that has been launched and has not ended, or null.</summary>
    public static RunningTask? Find(string home, RunUid run, string task)
    {
        var places = new LocalHome(home);
        if (!Directory.Exists(places.Tasks))
            return null;
        var attempts = Directory.EnumerateDirectories(places.Tasks, $"{run}.*");
        foreach (var path in attempts.OrderDescending(StringComparer.Ordinal))
        {
            var folder = new TaskFolder(path);
            if (!File.Exists(folder.Done)
                && PlaceJson.Read(folder.Order, PlaceJson.Default.PlacedOrder) is { } placed && placed.Task.Task == task
                && folder.Launches() is [.., var launch] && launch.Boot == ProcessIdentity.CurrentBoot)
                return new RunningTask(places, folder, placed, launch);
        }

        return null;
    }

    /// <summary>
    /// The program and arguments that run a command inside of the task; to be started by the caller, with its terminal
    /// and with <see cref="Environment"/>. Null when the task is just ending, or is a plain process, which has no
    /// inside.
    /// </summary>
    public IReadOnlyList<string>? Enter(IReadOnlyList<string> command, Tools tools)
    {
        if (_placed.Enclosure == "podman")
            return tools.Podman is { } podman
                ? [podman, "exec", "-i", $"cairn-{_home.Mark}-{_folder.Name}-{_launch.Serial}", .. command]
                : null;
        var badge = LocalHome.Badge(_home.Mark, _folder.Name, _launch.Serial);
        if (_placed.Enclosure != "bubblewrap"
            || SandboxStatus.Read(_folder.Status(_launch.Serial)).ChildPid is not { } init
            || !ProcessIdentity.ArgumentsOf(init).Contains(badge, StringComparer.Ordinal))
            return null;
        return
        [
            "/usr/bin/nsenter", $"--target={init}", "--all", "--root", "--",
            "/bin/sh", "-c", "cd / && exec \"$@\"", "exec", .. command,
        ];
    }

    /// <summary>
    /// The environment of the running command; for the environment of the program that enters, never for its arguments.
    /// </summary>
    public IReadOnlyList<string> Environment() =>
        SandboxStatus.Read(_folder.Status(_launch.Serial)).ChildPid is { } init
            ? [.. ProcessIdentity.ChildrenOf(init).Take(1).SelectMany(ProcessIdentity.EnvironmentOf)]
            : [];

    /// <summary>
    /// A path of the task as a path of this machine, for `runs cp`; null when it does not lead into one of the folders
    /// that a task shares with it (output, inputs, workspace, /tmp).
    /// </summary>
    public string? OnHost(string path)
    {
        var full = Path.GetFullPath(path, "/");
        foreach (var folder in TaskPaths.Seen(_folder))
            if (full == folder.InTask || full.StartsWith(folder.InTask + "/", StringComparison.Ordinal))
                return folder.OnHost + full[folder.InTask.Length..];
        return null;
    }
}

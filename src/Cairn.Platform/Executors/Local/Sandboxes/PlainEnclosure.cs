using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Executors.Local.Processes;

namespace Cairn.Platform.Executors.Local.Sandboxes;

/// <summary>
/// Runs commands as plain processes of the host, where neither bubblewrap nor podman is: tokens render to the task's
/// own folder, and a task that needs the specification's absolute paths is refused.
/// </summary>
internal sealed class PlainEnclosure(ProcessWatch watch, string programs) : IEnclosure
{
    private const string Hint = "; install bubblewrap";

    /// <inheritdoc/>
    public string Kind => "plain";

    /// <inheritdoc/>
    public TaskTokens Tokens(TaskPlace place) => TaskPaths.Tokens(place, place.Folder.Inputs, place.Folder.Output);

    /// <summary>Why a task cannot run without a sandbox, or null: an unmet precondition (exit 3).</summary>
    public static string? Refusal(TaskOrder order)
    {
        foreach (var text in order.Command.Concat(order.Environment.Select(one => one.Value)))
            if (text.Contains("/osmo/", StringComparison.Ordinal))
                return $"task {order.Task} names a path below /osmo, which only a sandbox has{Hint}";
        foreach (var file in order.Files)
            if (file.Path.StartsWith('/') && !file.Path.StartsWith("/tmp/", StringComparison.Ordinal))
                return $"task {order.Task} puts a file at {file.Path}, which only a sandbox can give it{Hint}";
        return order.VolumeMounts.Count > 0 || order.Credentials.Any(one => one.Folder is not null)
            ? $"task {order.Task} mounts folders, which only a sandbox can give it{Hint}"
            : null;
    }

    /// <inheritdoc/>
    public Task Launch(TaskPlace place, int serial, TaskSecrets secrets, CancellationToken cancel)
    {
        if (Refusal(place.Order) is { } refusal)
            throw new TaskStartException(refusal);
        if (place.Image is not ImageChoice.Plain { Entry: var entry })
            throw new TaskStartException($"image {place.Order.Image} cannot run as a plain process");
        var folder = place.Folder;
        var tokens = Tokens(place);
        PlaceFiles(place);
        var environment = TaskEnvironment.Of(place, entry, tokens, secrets.Variables)
            .Select(one => one.Name == "PATH" ? $"PATH={HostPath(entry, one.Value)}" : $"{one.Name}={one.Value}")
            .Append(Mark(place, serial));
        var doors = place.Cgroup.Doors;
        string[] arguments =
        [
            "sh", "-c", CommandScript.For(doors.Count, tellsStatus: true), place.Badge(serial),
            .. place.Order.Command.Select(tokens.Resolve),
        ];
        var plan = new SpawnPlan("/bin/sh", arguments, [.. environment])
        {
            Marker = folder.Launched(serial, ProcessIdentity.CurrentBoot),
            Folder = folder.Workspace,
        };
        LaunchedProcess.Connect(plan, place, serial);
        if (Spawner.Start(plan) is { } pid)
            LaunchedProcess.Remember(folder, serial, pid);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<CommandEnd> Ended(TaskPlace place, Launch launch) => LaunchedProcess.Ended(watch, place, launch);

    /// <inheritdoc/>
    public void Terminate(TaskPlace place, int serial)
    {
        foreach (var process in LaunchedProcess.Carriers(place, serial))
            _ = Libc.kill(-process.Pid, Libc.SigTerm);
    }

    /// <inheritdoc/>
    public void Kill(TaskPlace place, int serial)
    {
        place.Cgroup.Freeze(frozen: true);
        var marked = ProcessIdentity.WithVariable(Mark(place, serial));
        foreach (var pid in place.Cgroup.Processes().Concat(marked))
            _ = Libc.kill(pid, Libc.SigKill);
        place.Cgroup.Freeze(frozen: false);
    }

    // With the mark of the state folder: a copied one has tasks of the same keys.
    private static string Mark(TaskPlace place, int serial) => $"CAIRN_LAUNCH={place.Badge(serial)}";

    private string HostPath(Projects.ProjectImage entry, string path) =>
        ImageChoice.FolderOf(entry) is { } folder
            ? path.Replace(TaskPaths.Image, folder, StringComparison.Ordinal)
                .Replace(TaskPaths.Programs, programs, StringComparison.Ordinal)
            : path.Replace(TaskPaths.Programs, programs, StringComparison.Ordinal);

    private void PlaceFiles(TaskPlace place)
    {
        foreach (var file in place.Order.Files)
        {
            var target = Path.Combine(place.Folder.Workspace, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, TaskFiles.Bytes(file, Tokens(place)));
        }
    }
}

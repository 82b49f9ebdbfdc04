using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Networks;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Executors.Local.Sandboxes;

namespace Cairn.Platform.Executors.Local.Containers;

/// <summary>The arguments of `podman create` for one launch. Values of variables are passed by podman's
/// environment.</summary>
internal static class PodmanArguments
{
    /// <summary>All of them.</summary>
    /// <param name="place">The task.</param>
    /// <param name="name">The container's name.</param>
    /// <param name="home">The state folder.</param>
    /// <param name="secrets">Credential files: path here, path in the task.</param>
    /// <param name="variables">Names of the environment.</param>
    public static IReadOnlyList<string> Of(
        TaskPlace place, string name, LocalHome home, IReadOnlyList<NameValue> secrets, IReadOnlyList<string> variables)
    {
        var tokens = TaskPaths.Tokens(place);
        List<string> arguments =
        [
            "create", "--name", name,
            "--label", $"cairn.home={home.Mark}", "--label", $"cairn.task={place.Folder.Name}",
            "--entrypoint", "", "--log-driver", "k8s-file", "--log-opt", $"path={place.Folder.Log}",
            "--pull=never", "--hostname", TaskPaths.HostName(place.Order.Task),
        ];
        AddNetwork(arguments, place);
        if (place.Cgroup.Absence is null)
            arguments.AddRange(
            [
                "--memory", $"{place.Order.Resources.MemoryBytes}b",
                "--cpu-shares", $"{Math.Max(2, 1024 * place.Order.Resources.Cpu)}",
            ]);
        foreach (var gpu in place.Gpus)
            arguments.AddRange(["--device", $"nvidia.com/gpu={gpu}"]);
        foreach (var (from, to, mode) in Mounts(place, home, secrets))
            arguments.AddRange(["--volume", $"{from}:{to}:{mode}"]);
        foreach (var variable in variables)
            arguments.AddRange(["--env", variable]);
        arguments.Add(ImageReference.WithoutTag(place.Order.Image));
        arguments.AddRange(place.Order.Command.Select(tokens.Resolve));
        return arguments;
    }

    private static void AddNetwork(List<string> arguments, TaskPlace place)
    {
        arguments.Add(place.Network switch
        {
            TaskNetwork.None => "--network=none",
            TaskNetwork.Member member => $"--network=ns:{member.Namespace}",
            _ => "--network=host",
        });
        if (place.Network is TaskNetwork.Member { Names: var names })
            foreach (var (name, address) in names)
                arguments.Add($"--add-host={TaskPaths.HostName(name)}:{address}");
        else
            foreach (var member in place.Order.Members)
                arguments.Add($"--add-host={TaskPaths.HostName(member)}:127.0.0.1");
    }

    private static IEnumerable<(string From, string To, string Mode)> Mounts(
        TaskPlace place, LocalHome home, IReadOnlyList<NameValue> secrets)
    {
        yield return (place.Folder.Output, TaskPaths.Output, "rw");
        yield return (place.Folder.Workspace, TaskPaths.Workspace, "rw");
        yield return (place.Folder.Temporary, "/tmp", "rw");
        foreach (var folder in CheckpointPlaces.Extra(place))
            yield return (folder.OnHost, folder.InTask, "rw");
        yield return (home.Programs, TaskPaths.Programs, "ro");
        if (place.Order.Inputs.Count > 0)
            yield return (place.Folder.Inputs, TaskPaths.Input, "ro");
        for (var i = 0; i < place.Order.Files.Count; i++)
            if (!TaskFiles.LiesInOutput(place.Order.Files[i]))
                yield return (TaskFiles.At(place.Folder, i), place.Order.Files[i].Path, "ro");
        foreach (var (path, to) in secrets)
            yield return (path, to, "ro");
        foreach (var mount in place.Order.VolumeMounts)
        {
            var colon = mount.IndexOf(':', StringComparison.Ordinal);
            yield return colon < 0 ? (mount, mount, "rw") : (mount[..colon], mount[(colon + 1)..], "rw");
        }
    }
}

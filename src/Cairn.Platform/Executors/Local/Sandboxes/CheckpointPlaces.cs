using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Stores.Transfers;

namespace Cairn.Platform.Executors.Local.Sandboxes;

/// <summary>
/// Where the paths of checkpoints lie. One outside of the folders that every task has gets a folder of the task's own
/// mounted over it, so that it can be read while the command runs and after its end.
/// </summary>
internal static class CheckpointPlaces
{
    private static readonly string[] s_hostRoots =
        ["/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc", "/proc", "/dev", "/run", "/osmo"];

    /// <summary>The folders to mount: path in the task, path here.</summary>
    public static IReadOnlyList<SeenFolder> Extra(TaskPlace place)
    {
        var known = TaskPaths.Seen(place.Folder);
        var extra = new List<SeenFolder>();
        var tokens = TaskPaths.Tokens(place);
        foreach (var checkpoint in place.Order.Checkpoints)
        {
            var folder = FolderOf("/" + tokens.Resolve(checkpoint.Path).TrimStart('/'));
            if (folder.Length > 1 && !known.Concat(extra).Any(one => Lies(folder, one.InTask))
                && !s_hostRoots.Any(root => Lies(folder, root)))
                extra.Add(new SeenFolder(folder, place.Folder.At($"checkpoint{extra.Count}")));
        }

        return extra;
    }

    /// <summary>All folders as the task sees them.</summary>
    public static IReadOnlyList<SeenFolder> Seen(TaskPlace place) => [.. TaskPaths.Seen(place.Folder), .. Extra(place)];

    /// <summary>A path of the task as a path here; without a place it stays what it is below the task's
    /// folder.</summary>
    public static string OnHost(TaskPlace place, string path)
    {
        if (path.StartsWith(place.Folder.Path + "/", StringComparison.Ordinal))
            return path;
        foreach (var folder in Seen(place))
            if (Lies(path, folder.InTask))
                return folder.OnHost + path[folder.InTask.Length..];
        return place.Folder.At("nowhere") + path;
    }

    // `/ckpt/*` and `/ckpt` name a folder; a name with an extension names a file, whose folder is meant.
    private static string FolderOf(string path)
    {
        var whole = path.EndsWith("/*", StringComparison.Ordinal) ? path[..^2] : path.TrimEnd('/');
        return Path.HasExtension(whole) && whole == path ? Path.GetDirectoryName(whole) ?? "/" : whole;
    }

    private static bool Lies(string path, string folder) =>
        path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);
}

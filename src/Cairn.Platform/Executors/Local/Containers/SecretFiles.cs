using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Executors.Local.Sandboxes;

namespace Cairn.Platform.Executors.Local.Containers;

/// <summary>
/// Credentials that a container gets as files: podman mounts paths, so they stand in memory (`/dev/shm`), readable by
/// their owner only, while the task lives.
/// </summary>
internal static class SecretFiles
{
    private const UnixFileMode OwnerOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Writes them; host path and path in the task of each.</summary>
    public static IReadOnlyList<NameValue> Write(TaskFolder folder, TaskSecrets secrets)
    {
        if (secrets.Files.Count == 0)
            return [];
        Directory.CreateDirectory(PathOf(folder), OwnerOnly);
        var mounts = new List<NameValue>();
        foreach (var (place, value) in secrets.Files)
        {
            var path = Path.Combine(PathOf(folder), $"{mounts.Count}");
            File.WriteAllText(path, value);
            mounts.Add(new NameValue(path, place));
        }

        return mounts;
    }

    /// <summary>Removes them.</summary>
    public static void Remove(TaskFolder folder) => TaskFolder.Discard(PathOf(folder));

    private static string PathOf(TaskFolder folder) => $"/dev/shm/cairn-{folder.Name}";
}

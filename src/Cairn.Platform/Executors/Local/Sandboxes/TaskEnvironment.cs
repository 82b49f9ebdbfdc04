using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Projects;

namespace Cairn.Platform.Executors.Local.Sandboxes;

/// <summary>
/// The environment of a command, weakest first: the machine's, the image entry's, the specification's, the task's own,
/// the credentials'. `/osmo/usr/bin` stands at the end of PATH whatever else it holds.
/// </summary>
internal static class TaskEnvironment
{
    /// <summary>Names and values, each name once.</summary>
    /// <param name="place">The task.</param>
    /// <param name="entry">The image entry, or null for a real image, whose own PATH and HOME hold.</param>
    /// <param name="tokens">Resolves the values.</param>
    /// <param name="secrets">Variables from credentials.</param>
    public static IReadOnlyList<NameValue> Of(
        TaskPlace place, ProjectImage? entry, TaskTokens tokens, IReadOnlyList<NameValue> secrets)
    {
        var values = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        if (entry is not null)
        {
            values["PATH"] = ImageChoice.FolderOf(entry) is null
                ? TaskPaths.HostPath
                : $"{TaskPaths.Image}/bin:{TaskPaths.HostPath}";
            values["HOME"] = "/root";
            values["LANG"] = "C.UTF-8";
            foreach (var (name, value) in entry.Environment)
                values[name] = value;
        }

        values["OSMO_CONFIG_FILE_DIR"] = TaskPaths.Login;
        values["NVIDIA_VISIBLE_DEVICES"] = string.Join(',', place.Gpus);
        if (place.Gpus.Count > 0)
            values["CUDA_VISIBLE_DEVICES"] = string.Join(',', place.Gpus);
        values["CAIRN_TASK"] = place.Folder.Name;
        foreach (var (name, value) in place.Order.Environment)
            values[name] = tokens.Resolve(value);
        foreach (var (name, value) in secrets)
            values[name] = value;
        if (values.TryGetValue("PATH", out var path))
            values["PATH"] = $"{path}:{TaskPaths.Programs}";
        return [.. values.Select(pair => new NameValue(pair.Key, pair.Value))];
    }
}

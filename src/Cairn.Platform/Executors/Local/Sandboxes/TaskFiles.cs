using System.Globalization;
using System.Text;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Places;

namespace Cairn.Platform.Executors.Local.Sandboxes;

/// <summary>The `files` of a task (spec/osmo.md 1.8), written into its folder once and mounted read-only from
/// there.</summary>
internal static class TaskFiles
{
    private const UnixFileMode ReadAndExecute =
        UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Where the file at a position stands in the task's folder.</summary>
    public static string At(TaskFolder folder, int position) =>
        Path.Combine(folder.Files, position.ToString(CultureInfo.InvariantCulture));

    /// <summary>Whether it belongs to what the task leaves: those are copied, a mount would leave an empty
    /// file.</summary>
    public static bool LiesInOutput(TaskFile file) =>
        file.Path.StartsWith(TaskPaths.Output + "/", StringComparison.Ordinal);

    /// <summary>The bytes of a file, tokens resolved unless it is base64.</summary>
    /// <exception cref="TaskStartException">The base64 is none.</exception>
    public static byte[] Bytes(TaskFile file, TaskTokens tokens)
    {
        if (!file.Base64)
            return Encoding.UTF8.GetBytes(tokens.Resolve(file.Contents));
        try
        {
            return Convert.FromBase64String(file.Contents);
        }
        catch (FormatException)
        {
            throw new TaskStartException($"file {file.Path}: its contents are not base64");
        }
    }

    /// <summary>Writes all of them; again gives the same.</summary>
    public static void Write(TaskPlace place, TaskTokens tokens)
    {
        if (place.Order.Files.Count == 0)
            return;
        Directory.CreateDirectory(place.Folder.Files);
        for (var i = 0; i < place.Order.Files.Count; i++)
        {
            var file = place.Order.Files[i];
            var target = LiesInOutput(file)
                ? Inside(place.Folder.Output, file.Path[(TaskPaths.Output.Length + 1)..])
                : At(place.Folder, i);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Delete(target);
            File.WriteAllBytes(target, Bytes(file, tokens));
            File.SetUnixFileMode(target, ReadAndExecute);
        }
    }

    private static string Inside(string folder, string relative)
    {
        var full = Path.GetFullPath(Path.Combine(folder, relative));
        return full.StartsWith(folder + "/", StringComparison.Ordinal)
            ? full
            : throw new TaskStartException($"file {TaskPaths.Output}/{relative}: the path leaves the output folder");
    }
}

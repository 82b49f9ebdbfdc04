using Cairn.Cli.Faults;
using Cairn.Graphs.Rendering;

namespace Cairn.Cli.Composition;

/// <summary>Files that a user named one by one or by their folder.</summary>
internal static class FlowPaths
{
    private const string TestEnding = ".test.yaml";

    /// <summary>
    /// The named files as they are, and of named folders all files at any depth that are wanted, in the order of their
    /// names. Throws <see cref="CommandFailure"/> (2) for a path that is not there.
    /// </summary>
    public static IReadOnlyList<string> Find(
        Frame frame, IReadOnlyList<string> paths, Func<string, string, bool> isWanted)
    {
        List<string> found = [];
        foreach (var path in paths)
        {
            if (!Directory.Exists(frame.PathOf(path)))
            {
                found.Add(path);
                continue;
            }

            var inside = InFolder(frame, path).Where(
                file => SourceFile.Load(frame.PathOf(file)) is LocalText.Found text && isWanted(file, text.Text));
            found.AddRange(inside);
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether a file is a flow.</summary>
    public static bool IsFlow(string file, string text) => !IsTest(file, text) && SourceLanguage.IsFlow(text);

    /// <summary>Whether a file holds tests of a flow.</summary>
    public static bool IsTest(string file, string text) => file.EndsWith(TestEnding, StringComparison.Ordinal);

    /// <summary>The flow that a file of tests stands beside: `a.yaml` of `a.test.yaml`.</summary>
    public static string FlowOf(string testFile, string? named) => named is not null
        ? Path.Combine(Path.GetDirectoryName(testFile) ?? "", named)
        : testFile[..^TestEnding.Length] + ".yaml";

    private static IEnumerable<string> InFolder(Frame frame, string folder) =>
        Directory.EnumerateFiles(frame.PathOf(folder), "*", new EnumerationOptions { RecurseSubdirectories = true })
            .Where(file => Path.GetExtension(file) is ".yaml" or ".yml" or ".json")
            .Select(file => Path.Combine(folder, Path.GetRelativePath(frame.PathOf(folder), file)))
            .Where(file => !file.Split('/').Any(part => part is ['.', not '.', ..] and not "."))
            .Order(StringComparer.Ordinal);
}

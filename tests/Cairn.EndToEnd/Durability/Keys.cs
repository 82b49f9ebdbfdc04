using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.Durability;

/// <summary>What the tasks of a bench wrote as evidence of their launches.</summary>
internal static class Keys
{
    /// <summary>Lines `task key`, in the order in which they were written.</summary>
    public static IReadOnlyList<(string Task, string Key)> Read(Workbench bench)
    {
        var file = Path.Combine(bench.Evidence, "keys");
        return File.Exists(file) ? [.. File.ReadAllLines(file).Select(Pair)] : [];
    }

    /// <summary>By task: how often each of its keys was written, first key first.</summary>
    public static IReadOnlyDictionary<string, int[]> Count(Workbench bench) =>
        new SortedDictionary<string, int[]>(
            Read(bench).GroupBy(line => line.Task).ToDictionary(
                task => task.Key, task => task.GroupBy(line => line.Key).Select(key => key.Count()).ToArray()),
            StringComparer.Ordinal);

    private static (string Task, string Key) Pair(string line) => line.Split(' ') is [var task, var key]
        ? (task, key)
        : throw new InvalidOperationException($"not a line of evidence: '{line}'");
}

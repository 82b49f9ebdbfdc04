using System.Text.Json;
using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.Durability;

/// <summary>The kill graph run once without any kill: what every other run must come to.</summary>
internal sealed record Reference(
    IReadOnlyDictionary<string, string> Outputs, IReadOnlyList<string> Tasks, int Changes)
{
    private static readonly Lazy<Task<Reference>> Shared = new(MakeAsync);

    /// <summary>Made once for all tests.</summary>
    public static Task<Reference> GetAsync() => Shared.Value;

    /// <summary>Each task of a run's document as `name state retry_id`. Exit codes are left out: a task that still runs
    /// when its lead ends takes over the lead's state, and whether it does is a matter of milliseconds.</summary>
    public static IReadOnlyList<string> TasksOf(JsonElement run) =>
        [.. run.GetProperty("tasks").EnumerateArray().Select(task =>
            $"{task.GetProperty("name")} {task.GetProperty("state")} {task.GetProperty("retry_id")}")];

    private static async Task<Reference> MakeAsync()
    {
        using var bench = new Workbench();
        var graph = KillGraph.Write(bench);
        using var changes = new FolderChanges(bench.Folder);
        var ended = (await bench.RunAsync("run", graph, "-o", "json")).Exits(0);
        Assert.Equal(KillGraph.Launches, Keys.Count(bench));
        var outputs = FolderContent.Of(bench.Bucket);
        Assert.Equal([$"{KillGraph.Id}/chief/sum.txt", $"{KillGraph.Id}/reap/whole.txt"], outputs.Keys);
        return new Reference(outputs, TasksOf(ended.Json), changes.Count);
    }
}

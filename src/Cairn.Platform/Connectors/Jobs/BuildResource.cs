using System.Text.Json.Nodes;
using Cairn.Engine.Runs;
using Cairn.Platform.Connectors.Calls;

namespace Cairn.Platform.Connectors.Jobs;

/// <summary>A run as a Build of Cloud Build (spec/workflows.md 6.4).</summary>
internal static class BuildResource
{
    /// <summary>The id of the build that is this run: the uid in the form of a UUID.</summary>
    public static string IdOf(RunUid uid) => Guid.Parse(uid.ToString()).ToString();

    /// <summary>The resource.</summary>
    /// <param name="project">The project's id.</param>
    /// <param name="run">The run.</param>
    /// <param name="described">What its program says of itself.</param>
    public static JsonObject Of(string project, RunHead run, ReadOnlyMemory<byte> described)
    {
        var id = IdOf(run.Uid);
        var tasks = described.IsEmpty ? null : (JsonNode.Parse(described.Span) as JsonObject)?["tasks"] as JsonArray;
        var isRunning = tasks?.Any(task => (string?)task?["started"] is not null) == true;
        var build = new JsonObject
        {
            ["name"] = $"projects/{project}/locations/global/builds/{id}",
            ["id"] = id,
            ["projectId"] = project,
            ["status"] = Status(run, isRunning),
            ["createTime"] = Times.Text(run.Created),
        };
        if (run.Started is { } started)
            build["startTime"] = Times.Text(started);
        if (run.Ended is { } ended)
            build["finishTime"] = Times.Text(ended);
        if (tasks is not null)
            build["steps"] = new JsonArray([.. tasks.Select(task => new JsonObject
            {
                ["id"] = (string?)task?["name"], ["status"] = Step((string?)task?["state"] ?? ""),
            })]);
        build["results"] = new JsonObject();
        build["logUrl"] = $"cairn runs logs {run.Id}";
        return build;
    }

    private static string Status(RunHead run, bool isRunning) => run switch
    {
        { IsOpen: true } => isRunning ? "WORKING" : "QUEUED",
        { Outcome: Outcome.Succeeded } => "SUCCESS",
        { Outcome: Outcome.Cancelled } => "CANCELLED",
        { State: "FAILED_EXEC_TIMEOUT" } => "TIMEOUT",
        { State: "FAILED_QUEUE_TIMEOUT" } => "EXPIRED",
        { State: "FAILED_SERVER_ERROR" or "FAILED_BACKEND_ERROR" } => "INTERNAL_ERROR",
        _ => "FAILURE",
    };

    private static string Step(string state) => state switch
    {
        "COMPLETED" => "SUCCESS",
        "WAITING" or "SCHEDULING" => "QUEUED",
        "INITIALIZING" or "RUNNING" => "WORKING",
        "FAILED_EXEC_TIMEOUT" => "TIMEOUT",
        "FAILED_CANCELED" or "FAILED_UPSTREAM" => "CANCELLED",
        _ => "FAILURE",
    };
}

using System.Text.Json.Nodes;
using Cairn.Engine.Runs;
using Cairn.Platform.Connectors.Calls;

namespace Cairn.Platform.Connectors.Jobs;

/// <summary>A run of a job as an Execution of Cloud Run (spec/workflows.md 6.4).</summary>
internal static class ExecutionResource
{
    private static readonly string[] s_running = ["RUNNING", "INITIALIZING"];

    /// <summary>The resource of version 2; all counters are present.</summary>
    /// <param name="job">`projects/P/locations/L/jobs/J`.</param>
    /// <param name="run">The run.</param>
    /// <param name="described">What its program says of itself.</param>
    public static JsonObject Of(string job, RunHead run, ReadOnlyMemory<byte> described)
    {
        var tasks = Tasks(described);
        int Count(Func<string, bool> state) => tasks.Count(task => state((string?)task["state"] ?? ""));
        var resource = new JsonObject
        {
            ["name"] = $"{job}/executions/{run.Id}",
            ["uid"] = run.Uid.ToString(),
            ["generation"] = "1",
            ["createTime"] = Times.Text(run.Created),
        };
        if (run.Started is { } started)
            resource["startTime"] = Times.Text(started);
        if (run.Ended is { } ended)
            resource["completionTime"] = Times.Text(ended);
        resource["updateTime"] = Times.Text(run.Ended ?? run.Started ?? run.Created);
        resource["launchStage"] = "GA";
        resource["job"] = job;
        resource["parallelism"] = tasks.Count;
        resource["taskCount"] = tasks.Count;
        resource["template"] = new JsonObject { ["taskCount"] = tasks.Count };
        resource["reconciling"] = run.IsOpen;
        resource["conditions"] = new JsonArray(Completed(run, tasks));
        resource["observedGeneration"] = "1";
        resource["runningCount"] = Count(s_running.Contains);
        resource["succeededCount"] = Count(static state => state == "COMPLETED");
        resource["failedCount"] = Count(static state =>
            state.StartsWith("FAILED", StringComparison.Ordinal) && state != "FAILED_CANCELED");
        resource["cancelledCount"] = Count(static state => state == "FAILED_CANCELED");
        resource["retriedCount"] = tasks.Sum(task => (int?)task["retry_id"] ?? 0);
        resource["logUri"] = $"cairn runs logs {run.Id}";
        resource["etag"] = $"\"{run.Uid}-{run.State}\"";
        return resource;
    }

    /// <summary>The same as version 1 shows it.</summary>
    public static JsonObject Version1(JsonObject execution, string project)
    {
        var condition = (JsonObject)execution["conditions"]![0]!;
        var isOver = (string?)condition["state"] switch
        {
            "CONDITION_SUCCEEDED" => "True",
            "CONDITION_FAILED" => "False",
            _ => "Unknown",
        };
        var status = new JsonObject
        {
            ["observedGeneration"] = 1,
            ["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = "Completed",
                ["status"] = isOver,
                ["message"] = (string?)condition["message"],
            }),
        };
        foreach (var key in new[] { "startTime", "completionTime", "runningCount", "succeededCount", "failedCount",
            "cancelledCount", "retriedCount" })
            if (execution[key] is { } value)
                status[key] = value.DeepClone();
        return new JsonObject
        {
            ["apiVersion"] = "run.googleapis.com/v1",
            ["kind"] = "Execution",
            ["metadata"] = new JsonObject
            {
                ["name"] = ((string)execution["name"]!).Split('/')[^1],
                ["namespace"] = project,
                ["uid"] = (string?)execution["uid"],
                ["creationTimestamp"] = (string?)execution["createTime"],
                ["labels"] = new JsonObject { ["run.googleapis.com/job"] = ((string)execution["job"]!).Split('/')[^1] },
            },
            ["spec"] = new JsonObject { ["taskCount"] = execution["taskCount"]!.DeepClone() },
            ["status"] = status,
        };
    }

    private static List<JsonObject> Tasks(ReadOnlyMemory<byte> described)
    {
        if (described.IsEmpty || JsonNode.Parse(described.Span) is not JsonObject { } told
            || told["tasks"] is not JsonArray tasks)
            return [];
        return [.. tasks.OfType<JsonObject>()];
    }

    private static JsonObject Completed(RunHead run, List<JsonObject> tasks)
    {
        var condition = new JsonObject { ["type"] = "Completed" };
        if (run.Parked != Parked.No)
            condition["message"] = $"the run stands still: {run.Parked} {run.ParkMessage}".TrimEnd();
        condition["state"] = run.IsOpen ? "CONDITION_PENDING"
            : run.Outcome == Outcome.Succeeded ? "CONDITION_SUCCEEDED" : "CONDITION_FAILED";
        if (!run.IsOpen && run.Outcome != Outcome.Succeeded)
        {
            var failed =
                tasks.Find(task => ((string?)task["state"] ?? "").StartsWith("FAILED", StringComparison.Ordinal));
            condition["message"] = $"Task {(string?)failed?["name"]} failed with message: "
                + $"{(string?)failed?["reason"]} ({run.State})";
            condition["reason"] = run.Outcome == Outcome.Cancelled ? "CANCELLED" : "NON_ZERO_EXIT_CODE";
        }

        condition["lastTransitionTime"] = Times.Text(run.Ended ?? run.Started ?? run.Created);
        return condition;
    }

    /// <summary>What went wrong, in one sentence.</summary>
    public static string Message(JsonObject execution) =>
        (string?)execution["conditions"]![0]!["message"] ?? "The execution failed.";

    /// <summary>Whether it ended well; null: it runs.</summary>
    public static bool? Succeeded(JsonObject execution) => (string?)execution["conditions"]![0]!["state"] switch
    {
        "CONDITION_SUCCEEDED" => true,
        "CONDITION_FAILED" => false,
        _ => null,
    };
}

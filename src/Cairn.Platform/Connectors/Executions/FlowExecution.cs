using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Engine.Runs;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;

namespace Cairn.Platform.Connectors.Executions;

/// <summary>A run of a flow as an Execution (spec/workflows.md 8.2).</summary>
internal static class FlowExecution
{
    /// <summary>The resource.</summary>
    /// <param name="workflow">`projects/P/locations/L/workflows/W`.</param>
    /// <param name="run">The run.</param>
    /// <param name="described">What its program says of itself.</param>
    /// <param name="argument">JSON text, or null to leave it out.</param>
    public static JsonObject Of(string workflow, RunHead run, ReadOnlyMemory<byte> described, string? argument)
    {
        var told = described.IsEmpty ? [] : JsonNode.Parse(described.Span) as JsonObject ?? [];
        var resource = new JsonObject
        {
            ["name"] = $"{workflow}/executions/{run.Id}",
            ["createTime"] = Times.Text(run.Created),
        };
        if (run.Started is { } started)
        {
            resource["startTime"] = Times.Text(started);
            if (run.Ended is { } ended)
            {
                resource["endTime"] = Times.Text(ended);
                resource["duration"] = FormattableString.Invariant($"{(ended - started).TotalSeconds:0.###}s");
            }
        }

        resource["state"] = State(run);
        if (argument is not null)
            resource["argument"] = argument;
        if (run.State == "SUCCEEDED")
            resource["result"] = told["result"]?.ToJsonString() ?? "null";
        if (Error(run, told) is { } error)
            resource["error"] = error;
        if (run.IsOpen)
            resource["status"] = Status(told);
        if (run.Parked is Parked.Stuck or Parked.Diverged)
            resource["stateError"] = new JsonObject { ["details"] = run.ParkMessage, ["type"] = "TYPE_UNSPECIFIED" };
        if (run.Labels.Count > 0)
            resource["labels"] = new JsonObject(
                run.Labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)JsonValue.Create(label.Value))));
        return resource;
    }

    /// <summary>What a run returned, as a value.</summary>
    public static FlowValue Result(ReadOnlyMemory<byte> described)
    {
        using var document = JsonDocument.Parse(described);
        return document.RootElement.TryGetProperty("result", out var result)
            ? PublicJson.Decode(Encoding.UTF8.GetBytes(result.GetRawText()))
            : FlowValue.Null;
    }

    private static string State(RunHead run) => run switch
    {
        { Parked: Parked.Stuck or Parked.Diverged } => "UNAVAILABLE",
        { IsOpen: true, Started: null } => "QUEUED",
        { IsOpen: true } => "ACTIVE",
        { State.Length: > 0 } => run.State,
        _ => "CANCELLED",
    };

    private static JsonObject? Error(RunHead run, JsonObject told)
    {
        if (run.State == "CANCELLED")
            return new JsonObject { ["payload"] = (string?)told["reason"] ?? "", ["context"] = "cancelled" };
        if (told["error"] is not JsonObject error)
            return null;
        var elements = new JsonArray([.. (error["stack"] as JsonArray ?? []).Select(frame => new JsonObject
        {
            ["step"] = (string?)frame?["step"],
            ["routine"] = (string?)frame?["routine"],
            ["position"] = Position(frame?["position"]),
        })]);
        return new JsonObject
        {
            ["payload"] = error["payload"]?.ToJsonString() ?? "null",
            ["context"] = (string?)error["context"],
            ["stackTrace"] = new JsonObject { ["elements"] = elements },
        };
    }

    // Whole numbers of 64 bits are texts in the JSON of these APIs.
    private static JsonObject Position(JsonNode? place) => new()
    {
        ["line"] = place?["line"]?.ToString(),
        ["column"] = place?["column"]?.ToString(),
        ["length"] = place?["length"]?.ToString(),
    };

    private static JsonObject Status(JsonObject told)
    {
        var current = (told["steps"] as JsonArray ?? []).Where(step => (string?)step?["state"] == "RUNNING");
        return new JsonObject
        {
            ["currentSteps"] = new JsonArray([.. current.Select(step => new JsonObject
            {
                ["routine"] = (string?)step?["routine"] ?? "main", ["step"] = (string?)step?["name"],
            })]),
        };
    }
}

using System.Text.Json.Nodes;
using Cairn.Platform.Projects;

namespace Cairn.Platform.Connectors.Jobs;

/// <summary>A job of the catalogue as a Job of Cloud Run, version 2.</summary>
internal static class JobResource
{
    /// <summary>The resource under a name.</summary>
    public static JsonObject Of(string name, ProjectJob job)
    {
        var container = new JsonObject
        {
            ["image"] = job.Image,
            ["command"] = Texts(job.Command),
            ["args"] = Texts(job.Args),
            ["env"] = new JsonArray([.. job.Environment.Select(pair => new JsonObject
            {
                ["name"] = pair.Key, ["value"] = pair.Value,
            })]),
            ["resources"] = new JsonObject { ["limits"] = Limits(job) },
        };
        var ready = new JsonObject { ["type"] = "Ready", ["state"] = "CONDITION_SUCCEEDED" };
        return new JsonObject
        {
            ["name"] = name,
            ["generation"] = "1",
            ["launchStage"] = "GA",
            ["template"] = new JsonObject
            {
                ["taskCount"] = job.Tasks,
                ["template"] = new JsonObject
                {
                    ["containers"] = new JsonArray(container),
                    ["maxRetries"] = job.Retries,
                    ["timeout"] = $"{job.Timeout.TotalSeconds}s",
                },
            },
            ["observedGeneration"] = "1",
            ["terminalCondition"] = ready,
            ["conditions"] = new JsonArray(ready.DeepClone()),
            ["reconciling"] = false,
        };
    }

    private static JsonObject Limits(ProjectJob job)
    {
        var limits = new JsonObject();
        if (job.Cpu is { } cpu)
            limits["cpu"] = $"{cpu}";
        if (job.MemoryBytes is { } memory)
            limits["memory"] = $"{memory}";
        if (job.Gpu is { } gpu)
            limits["nvidia.com/gpu"] = $"{gpu}";
        return limits;
    }

    private static JsonArray Texts(IEnumerable<string> texts) =>
        [.. texts.Select(text => (JsonNode)JsonValue.Create(text))];
}

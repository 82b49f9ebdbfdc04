using System.Text.Json.Nodes;
using Cairn.Engine.Runs;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Runs;
using Cairn.Platform.Projects;

namespace Cairn.Platform.Connectors.Jobs;

/// <summary>`googleapis.cloudbuild.v1.projects.builds`: a build is a run whose uid follows from the effect's
/// key.</summary>
internal sealed class Builds(RunDesk desk, Project project)
{
    private const string Api = "googleapis.cloudbuild.v1.projects.builds.";
    private const string ProjectLabel = "build_project";

    /// <summary>The methods that only look.</summary>
    public CallTable Reads => new() { [Api + "get"] = Get, [Api + "list"] = List };

    /// <summary>Starts one.</summary>
    public CallTable Starts => new() { [Api + "create"] = Create };

    /// <summary>Stops one.</summary>
    public CallTable Writes => new() { [Api + "cancel"] = Cancel };

    private async ValueTask<FlowValue> Create(Call call, CancellationToken cancel)
    {
        var id = call.Arguments.Required("projectId");
        var uid = RunDesk.UidOf(call.Key);
        var plan = new BuildPlan(id, BuildResource.IdOf(uid), call.Arguments.Body(), call.Arguments.Lenient);
        var run = await desk.Start(
            plan.NewRun(uid, project.DefaultPool, [new(ProjectLabel, id), new("caller", call.Order.RunId)]), cancel);
        call.Accept(run.Id);
        var build = await Resource(id, run, cancel);
        var operation = Operations.Of(
            $"operations/build/{id}/{run.Uid}",
            new JsonObject { ["build"] = build.DeepClone() });
        if (Operations.SkipsPolling(call.Arguments))
            return CodedJson.Of(operation);
        if (!call.Arguments.Lenient)
            build = await Resource(id, await desk.Ended(run, cancel), cancel);
        if (call.Arguments.Lenient || (string?)build["status"] == "SUCCESS")
            return CodedJson.Of(call.Arguments.Lenient
                ? Operations.WithMetadata(build, new JsonObject { ["build"] = build.DeepClone() })
                : build);
        throw Operations.Failed(
            operation, new JsonObject { ["build"] = build.DeepClone() },
            $"Build failed; the build ended as {(string?)build["status"]}, see cairn runs logs {run.Id}");
    }

    private async ValueTask<FlowValue> Get(Call call, CancellationToken cancel)
    {
        var id = call.Arguments.Required("projectId");
        return CodedJson.Of(await Resource(id, await Find(call, cancel), cancel));
    }

    private async ValueTask<FlowValue> List(Call call, CancellationToken cancel)
    {
        var id = call.Arguments.Required("projectId");
        var size = (int)Math.Clamp(call.Arguments.Whole("pageSize") ?? 50, 1, 1000);
        var runs = await desk.List(
            new RunFilter { Name = BuildPlan.Name, Labels = [new(ProjectLabel, id)] }, cancel);
        var skip = (int)Math.Clamp(call.Arguments.Whole("pageToken") ?? 0, 0, runs.Count);
        var builds = new JsonArray();
        foreach (var run in runs.Reverse().Skip(skip).Take(size))
            builds.Add((JsonNode)await Resource(id, await desk.Find(run.Id, cancel) ?? run, cancel));
        var answer = new JsonObject { ["builds"] = builds };
        if (skip + size < runs.Count)
            answer["nextPageToken"] = $"{skip + size}";
        return CodedJson.Of(answer);
    }

    private async ValueTask<FlowValue> Cancel(Call call, CancellationToken cancel)
    {
        var run = await Find(call, cancel);
        if (run.IsOpen)
            await desk.Cancel(run, call, cancel);
        return CodedJson.Of(await Resource(
            call.Arguments.Required("projectId"), await desk.Ended(run, cancel), cancel));
    }

    private async Task<RunHead> Find(Call call, CancellationToken cancel)
    {
        var (project, id) = (call.Arguments.Required("projectId"), call.Arguments.Required("id"));
        return Guid.TryParse(id, out var uid) && await desk.Find(uid.ToString("N"), cancel) is { } run
            && run.Labels.Contains(KeyValuePair.Create(ProjectLabel, project))
            ? run
            : throw CallFault.NotFound($"Requested entity was not found: build {id}");
    }

    private async Task<JsonObject> Resource(string id, RunHead run, CancellationToken cancel) =>
        BuildResource.Of(id, run, await desk.Describe(run, cancel));
}

using System.Text.Json.Nodes;
using Cairn.Engine.Runs;
using Cairn.Flows.Values;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Runs;
using Cairn.Platform.Jobs;
using Cairn.Platform.Projects;

namespace Cairn.Platform.Connectors.Jobs;

/// <summary>
/// `googleapis.run` jobs over the job catalogue: an execution is a run of the engine whose uid follows from the
/// effect's key, so a call that a crash interrupted finds it again. The call ends on the run's own end.
/// </summary>
/// <param name="desk">Where runs are started.</param>
/// <param name="project">The catalogue and the pools.</param>
/// <param name="misfit">Why a task can never run in its pool, or null.</param>
internal sealed class RunJobs(RunDesk desk, Project project, Func<TaskOrder, string?> misfit)
{
    /// <summary>The label that names the job of a run.</summary>
    public const string JobLabel = "job";

    private const string V2 = "googleapis.run.v2.projects.locations.jobs.";
    private const string V1 = "googleapis.run.v1.namespaces.";
    private const string JobForm = "projects/*/locations/*/jobs/*";
    private const string ExecutionForm = JobForm + "/executions/*";

    /// <summary>The methods that only look.</summary>
    public CallTable Reads => new()
    {
        [V2 + "get"] = (call, _) => Get(call.Arguments.Required("name")),
        [V2 + "list"] = (call, _) => ListJobs(call.Arguments.Required("parent")),
        [V2 + "executions.get"] = async (call, cancel) =>
            CodedJson.Of(await Execution(call.Arguments.Required("name"), cancel)),
        [V2 + "executions.list"] = ListExecutions,
        [V1 + "jobs.get"] = (call, _) => Get(NameOf(call, "namespaces/*/jobs/*")),
        [V1 + "jobs.list"] = (call, _) => ListJobs(
            $"projects/{ResourcePath.Parts(call.Arguments.Required("parent"), "namespaces/*")[0]}/locations/"
            + (call.Arguments.Text("location") ?? "-")),
        [V1 + "executions.get"] = GetVersion1,
        [V1 + "executions.list"] = ListVersion1,
    };

    /// <summary>The methods that start something.</summary>
    public CallTable Starts => new() { [V2 + "run"] = Run, [V1 + "jobs.run"] = RunVersion1 };

    /// <summary>The methods that stop something.</summary>
    public CallTable Writes => new()
    {
        [V2 + "executions.cancel"] = async (call, cancel) => CodedJson.Of(await Cancel(
            call, await Find(Checked(call.Arguments.Required("name")), cancel), JobOf(call.Arguments.Required("name")),
            cancel)),
        [V1 + "executions.cancel"] = CancelVersion1,
    };

    private ValueTask<FlowValue> Get(string name) =>
        ValueTask.FromResult(CodedJson.Of(JobResource.Of(name, Job(name))));

    private ValueTask<FlowValue> ListJobs(string parent)
    {
        var location = ResourcePath.Parts(parent, "projects/*/locations/*")[1];
        var jobs = project.Jobs.Where(job => job.Locations.Count == 0 || job.Locations.Contains(location));
        return ValueTask.FromResult(CodedJson.Of(new JsonObject
        {
            ["jobs"] = new JsonArray([.. jobs.Select(job => JobResource.Of($"{parent}/jobs/{job.Name}", job))]),
        }));
    }

    private async ValueTask<FlowValue> Run(Call call, CancellationToken cancel)
    {
        var name = call.Arguments.Required("name");
        var execution = await Start(call, name, cancel);
        if (execution is null)
            return CodedJson.Of(JobResource.Of(name, Job(name)));
        var operation = Operations.Of($"{Parent(name)}/operations/{execution.Value.Run.Uid}", execution.Value.Resource);
        if (Operations.SkipsPolling(call.Arguments))
            return CodedJson.Of(operation);
        var resource = execution.Value.Resource;
        // T23: under the tolerant rules the call ends as soon as the execution is there.
        if (!call.Arguments.Lenient)
            resource = await Finish(name, execution.Value.Run, cancel);
        if (ExecutionResource.Succeeded(resource) == false)
            throw Operations.Failed(operation, resource, ExecutionResource.Message(resource));
        return CodedJson.Of(call.Arguments.Lenient ? Operations.WithMetadata(resource) : resource);
    }

    private async ValueTask<FlowValue> RunVersion1(Call call, CancellationToken cancel)
    {
        var name = NameOf(call, "namespaces/*/jobs/*");
        var execution = await Start(call, name, cancel)
            ?? throw CallFault.Bad("validateOnly is known in version 2 only");
        var resource = call.Arguments.Lenient || Operations.SkipsPolling(call.Arguments)
            ? execution.Resource
            : await Finish(name, execution.Run, cancel);
        var shown = ExecutionResource.Version1(resource, ResourcePath.Parts(name, JobForm)[0]);
        return ExecutionResource.Succeeded(resource) == false
            ? throw Operations.Failed(shown, shown, ExecutionResource.Message(resource))
            : CodedJson.Of(shown);
    }

    private async Task<(RunHead Run, JsonObject Resource)?> Start(Call call, string name, CancellationToken cancel)
    {
        var job = Job(name);
        var launch = JobOverrides.Apply(
            new JobLaunch(job)
            {
                Labels = [new(JobLabel, job.Name), new("caller", call.Order.RunId)],
            },
            call.Arguments);
        if (misfit(launch.Order(project.Pools)) is { } reason)
            throw CallFault.Bad($"job {job.Name} can never run: {reason}");
        if ((bool?)call.Arguments.Body()["validateOnly"] == true)
            return null;
        var run = await desk.Start(launch.NewRun(RunDesk.UidOf(call.Key), project.Pools), cancel);
        call.Accept(run.Id);
        return (run, await Resource(name, run, cancel));
    }

    private async Task<JsonObject> Finish(string job, RunHead run, CancellationToken cancel) =>
        await Resource(job, await desk.Ended(run, cancel), cancel);

    private async Task<JsonObject> Resource(string job, RunHead run, CancellationToken cancel) =>
        ExecutionResource.Of(job, run, await desk.Describe(run, cancel));

    private async Task<JsonObject> Execution(string name, CancellationToken cancel) =>
        await Resource(JobOf(Checked(name)), await Find(name, cancel), cancel);

    private static string Checked(string name)
    {
        ResourcePath.Parts(name, ExecutionForm);
        return name;
    }

    private static string JobOf(string execution) =>
        execution[..execution.LastIndexOf("/executions/", StringComparison.Ordinal)];

    private async Task<RunHead> Find(string name, CancellationToken cancel)
    {
        var parts = name.Split('/');
        var (job, id) = (parts[^3], parts[^1]);
        return await desk.Find(id, cancel) is { } run && run.Labels.Contains(KeyValuePair.Create(JobLabel, job))
            ? run
            : throw CallFault.NotFound($"Resource '{name}' of kind 'EXECUTION' does not exist.");
    }

    private async ValueTask<FlowValue> GetVersion1(Call call, CancellationToken cancel)
    {
        var (project, run, job) = await FindVersion1(call, cancel);
        return CodedJson.Of(ExecutionResource.Version1(await Resource(job, run, cancel), project));
    }

    private async ValueTask<FlowValue> CancelVersion1(Call call, CancellationToken cancel)
    {
        var (project, run, job) = await FindVersion1(call, cancel);
        return CodedJson.Of(ExecutionResource.Version1(await Cancel(call, run, job, cancel), project));
    }

    private async Task<(string Project, RunHead Run, string Job)> FindVersion1(Call call, CancellationToken cancel)
    {
        var parts = ResourcePath.Parts(call.Arguments.Required("name"), "namespaces/*/executions/*");
        var run = await desk.Find(parts[1], cancel);
        return run?.Labels.FirstOrDefault(label => label.Key == JobLabel).Value is { } job
            ? (parts[0], run, $"projects/{parts[0]}/locations/{call.Arguments.Text("location") ?? "-"}/jobs/{job}")
            : throw CallFault.NotFound($"Execution '{parts[1]}' does not exist.");
    }

    private async ValueTask<FlowValue> ListVersion1(Call call, CancellationToken cancel)
    {
        var id = ResourcePath.Parts(call.Arguments.Required("parent"), "namespaces/*")[0];
        var items = new JsonArray();
        foreach (var job in project.Jobs)
            foreach (var run in await desk.List(new RunFilter { Labels = [new(JobLabel, job.Name)] }, cancel))
                items.Add((JsonNode)ExecutionResource.Version1(
                    await Resource($"projects/{id}/locations/-/jobs/{job.Name}", run, cancel), id));
        return CodedJson.Of(new JsonObject { ["kind"] = "ExecutionList", ["items"] = items });
    }

    private async ValueTask<FlowValue> ListExecutions(Call call, CancellationToken cancel)
    {
        var parent = call.Arguments.Required("parent");
        var job = Job(parent);
        var size = (int)Math.Clamp(call.Arguments.Whole("pageSize") ?? 100, 1, 1000);
        var runs = await desk.List(new RunFilter { Labels = [new(JobLabel, job.Name)] }, cancel);
        var skip = (int)Math.Clamp(call.Arguments.Whole("pageToken") ?? 0, 0, runs.Count);
        var shown = new JsonArray();
        foreach (var run in runs.Reverse().Skip(skip).Take(size))
            shown.Add((JsonNode)await Resource(parent, await desk.Find(run.Id, cancel) ?? run, cancel));
        var answer = new JsonObject { ["executions"] = shown };
        if (skip + size < runs.Count)
            answer["nextPageToken"] = $"{skip + size}";
        return CodedJson.Of(answer);
    }

    private async Task<JsonObject> Cancel(Call call, RunHead run, string job, CancellationToken cancel)
    {
        if (run.IsOpen)
            await desk.Cancel(run, call, cancel);
        return await Finish(job, run, cancel);
    }

    private ProjectJob Job(string name)
    {
        var parts = ResourcePath.Parts(name, JobForm);
        var job = project.Jobs.FirstOrDefault(job => job.Name == parts[2]);
        return job is not null && (job.Locations.Count == 0 || parts[1] == "-" || job.Locations.Contains(parts[1]))
            ? job
            : throw CallFault.NotFound(
                $"Resource '{parts[2]}' of kind 'JOB' in region '{parts[1]}' in project '{parts[0]}' does not exist; "
                + "declare it under jobs: in cairn.yaml");
    }

    private static string NameOf(Call call, string form)
    {
        var parts = ResourcePath.Parts(call.Arguments.Required("name"), form);
        return $"projects/{parts[0]}/locations/{call.Arguments.Text("location") ?? "-"}/jobs/{parts[1]}";
    }

    private static string Parent(string name) => name[..name.LastIndexOf("/jobs/", StringComparison.Ordinal)];
}

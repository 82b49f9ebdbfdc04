using Cairn.Engine.Effects;
using Cairn.Engine.Hosting;
using Cairn.Engine.Runs;
using Cairn.Flows.Values;

namespace Cairn.Platform.Tests.Connectors.Jobs;

/// <summary>Jobs as runs of a real engine on this machine (spec/workflows.md 6.4); effects are seen in its
/// runs.</summary>
public sealed class RunJobsTests : IAsyncDisposable
{
    private const string Api = "googleapis.run.v2.projects.locations.jobs.";
    private const string Name = "projects/p/locations/l/jobs/";

    private readonly CallBench _bench = new("""
        jobs:
          say: {image: "ubuntu:22.04", command: [sh, -c], args: ["echo $A $B $CLOUD_RUN_TASK_INDEX"], env: {A: a, B: b},
                retries: 0, outputs: []}
          fail: {image: "ubuntu:22.04", command: [sh, -c, "echo broken; exit 3"], retries: 0}
          wait: {image: "ubuntu:22.04", command: [sleep, "600"], retries: 0}
          far: {image: "ubuntu:22.04", command: ["true"], locations: [us-east1]}
          huge: {image: "ubuntu:22.04", command: ["true"], resources: {cpu: 100000}}

        """);

    private readonly EngineHost _engine;

    public RunJobsTests() => _engine = _bench.OpenEngine();

    [Fact]
    public async Task A_job_runs_to_its_end_with_its_overrides_and_is_a_run_like_any_other()
    {
        var execution = await Run("say", """
            {"overrides":{"taskCount":2,"timeout":"60s",
             "containerOverrides":[{"env":[{"name":"B","value":"override"}]}]}}
            """);

        var run = Assert.Single(_engine.Journal.List(new RunFilter { Name = "say" }));
        Assert.Equal(Outcome.Succeeded, run.Outcome);
        Assert.Equal($"{Name}say/executions/{run.Id}", T(execution, "name"));
        Assert.Equal(
            (2L, 2L, 0L, 0L), (N(execution, "taskCount"), N(execution, "succeededCount"), N(execution, "failedCount"),
                N(execution, "runningCount")));
        Assert.Equal("CONDITION_SUCCEEDED", T(Condition(execution), "state"));
        Assert.False(execution.Has("state") || execution.Has("status"));
        Assert.Equal(["a override 0", "a override 1"], Logs(run).Order());
    }

    [Fact]
    public async Task A_failing_job_is_an_OperationError_with_its_execution()
    {
        var error = await _bench.Fault("job", Api + "run", $$"""{"name":"{{Name}}fail"}""");

        Assert.Equal("OperationError", error.Get("tags").AsList()[0].AsText());
        var operation = error.Get("operation").AsMap();
        Assert.True(operation.Get("done").AsBoolean());
        Assert.Equal(1, N(operation.Get("metadata").AsMap(), "failedCount"));
        Assert.Equal("CONDITION_FAILED", T(Condition(operation.Get("metadata").AsMap()), "state"));
    }

    [Fact]
    public async Task Under_the_tolerant_rules_the_call_ends_when_the_execution_is_there()
    {
        var started = await Run("wait", "{}", lenient: true);
        var name = T(started, "name");

        var seen = (await _bench.Call("record.read", Api + "executions.get", $$"""{"name":"{{name}}"}""")).AsMap();

        Assert.Equal(name, T(started.Get("metadata").AsMap(), "name"));
        Assert.Equal("CONDITION_PENDING", T(Condition(seen), "state"));
        Assert.False(seen.Has("completionTime"));
        await CancelAsync(name);
    }

    [Fact]
    public async Task Misplaced_timeouts_and_commands_are_taken_under_the_tolerant_rules_only()
    {
        const string body =
            """{"timeout":"90s","overrides":{"containerOverrides":[{"command":["sleep","0"],"args":[]}]}}""";
        var refused = await _bench.Fault("job", Api + "run", $$"""{"name":"{{Name}}wait","body":{{body}}}""");

        var started = await Run("wait", body, lenient: true);
        var run = _engine.Journal.Find(T(started, "name").Split('/')[^1])!;

        Assert.Equal(400, refused.Get("code").AsInteger());
        Assert.Equal(Outcome.Succeeded, (await _engine.WaitAsync(run, Cancel)).Outcome);
    }

    [Fact]
    public async Task An_operation_that_nobody_polls_is_returned_at_once()
    {
        var operation = (await _bench.Call("job", Api + "run", $$$"""
            {"name":"{{{Name}}}wait","connector_params":{"skip_polling":true}}
            """)).AsMap();

        Assert.False(operation.Get("done").AsBoolean());
        await CancelAsync(T(operation.Get("metadata").AsMap(), "name"));
    }

    [Fact]
    public async Task A_cancelled_execution_counts_its_tasks_as_cancelled()
    {
        var started = await Run("wait", "{}", lenient: true);

        var execution = await CancelAsync(T(started, "name"));

        Assert.Equal((1L, 0L), (N(execution, "cancelledCount"), N(execution, "failedCount")));
        Assert.Equal("CONDITION_FAILED", T(Condition(execution), "state"));
    }

    [Theory]
    [InlineData("job", "run", Name + "none", 404)]
    [InlineData("job", "run", Name + "far", 404)]
    [InlineData("job", "run", "jobs/say", 400)]
    [InlineData("job", "run", Name + "huge", 400)]
    [InlineData("record.read", "get", Name + "none", 404)]
    [InlineData("record.read", "executions.get", Name + "say/executions/say-99", 404)]
    public async Task What_is_not_there_or_can_never_run_is_said(string kind, string method, string name, int code)
    {
        var error = await _bench.Fault(kind, Api + method, $$"""{"name":"{{name}}"}""");

        Assert.Equal(code, error.Get("code").AsInteger());
    }

    [Fact]
    public async Task Jobs_and_executions_are_shown_and_listed()
    {
        await Run("say", "{}");
        await Run("say", "{}");

        var job = (
            await _bench.Call("record.read", Api + "get", """{"name":"projects/p/locations/us-east1/jobs/far"}"""))
            .AsMap();
        var first = (await _bench.Call(
            "record.read", Api + "executions.list", $$"""{"parent":"{{Name}}say","pageSize":1}""")).AsMap();
        var second = (await _bench.Call("record.read", Api + "executions.list", $$"""
            {"parent":"{{Name}}say","pageSize":1,"pageToken":"{{T(first, "nextPageToken")}}"}
            """)).AsMap();

        Assert.Equal("CONDITION_SUCCEEDED", T(job.Get("terminalCondition").AsMap(), "state"));
        Assert.EndsWith("say-2", T(first.Get("executions").AsList()[0].AsMap(), "name"), StringComparison.Ordinal);
        Assert.EndsWith("say-1", T(second.Get("executions").AsList()[0].AsMap(), "name"), StringComparison.Ordinal);
        Assert.False(second.Has("nextPageToken"));
    }

    [Fact]
    public async Task Version_1_shows_the_same_job_its_own_way()
    {
        var execution = (await _bench.Call(
            "job", "googleapis.run.v1.namespaces.jobs.run",
                """{"name":"namespaces/p/jobs/say","location":"l"}""")).AsMap();
        var name = T(execution.Get("metadata").AsMap(), "name");
        var seen = (await _bench.Call(
            "record.read", "googleapis.run.v1.namespaces.executions.get",
            $$"""{"name":"namespaces/p/executions/{{name}}"}""")).AsMap();

        Assert.Equal("Execution", T(execution, "kind"));
        Assert.Equal("True", T(seen.Get("status").AsMap().Get("conditions").AsList()[0].AsMap(), "status"));
    }

    [Fact]
    public async Task A_call_that_a_crash_interrupted_finds_its_run_again()
    {
        var order = _bench.Order("job", Api + "run", $$"""{"name":"{{Name}}wait"}""");
        var performer = _bench.PerformerOf(order);
        performer.Admit([order]);
        performer.Start(order);
        await _bench.Log.Until(() => _engine.Journal.List(new RunFilter { Name = "wait" }).Count == 1);
        await _bench.RestartAsync();
        var engine = _bench.Engine;

        var end = _bench.End(order with { Issue = 2 }, recovered: true);
        var run = Assert.Single(engine.Journal.List(new RunFilter { Name = "wait" }));
        await CancelAsync($"{Name}wait/executions/{run.Id}");

        Assert.Throws<FlowError>(() => CallBench.Answer(end.GetAwaiter().GetResult()));
        Assert.Single(engine.Journal.List(new RunFilter { Name = "wait" }));
        Assert.Equal(RecoveryClass.Reattach, performer.Recovery);
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string T(FlowMap map, string key) => map.Get(key).AsText();

    private static long N(FlowMap map, string key) => map.Get(key).AsInteger();

    private static FlowMap Condition(FlowMap execution) => execution.Get("conditions").AsList()[0].AsMap();

    private async Task<FlowMap> Run(string job, string body, bool lenient = false) => (await _bench.Call(
        "job", Api + "run", $$"""{"name":"{{Name}}{{job}}","body":{{body}}}""", lenient)).AsMap();

    private async Task<FlowMap> CancelAsync(string name) =>
        (await _bench.Call("record.write", Api + "executions.cancel", $$"""{"name":"{{name}}"}""")).AsMap();

    private IEnumerable<string> Logs(RunHead run) => Directory
        .EnumerateFiles(Path.Combine(_bench.Project.StateFolder, "tasks"), "*", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(file) is "log" or "output.log" or "stdout" && file.Contains(run.Uid.ToString()))
        .SelectMany(File.ReadAllLines).Where(line => line.StartsWith("a ", StringComparison.Ordinal));
}

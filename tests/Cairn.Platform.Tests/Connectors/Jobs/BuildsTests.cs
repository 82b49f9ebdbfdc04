using Cairn.Engine.Hosting;
using Cairn.Engine.Runs;
using Cairn.Flows.Values;

namespace Cairn.Platform.Tests.Connectors.Jobs;

/// <summary>Builds as runs of a real engine (spec/workflows.md 6.4).</summary>
public sealed class BuildsTests : IAsyncDisposable
{
    private const string Api = "googleapis.cloudbuild.v1.projects.builds.";

    private readonly CallBench _bench = new();
    private readonly EngineHost _engine;

    public BuildsTests() => _engine = _bench.OpenEngine();

    [Fact]
    public async Task Steps_run_one_after_another_and_share_the_workspace()
    {
        var build = (await Create("""
            {"steps":[
              {"name":"ubuntu:22.04","entrypoint":"sh","args":["-c","echo $PROJECT_ID-${_KIND} $$HOME > /workspace/a"]},
              {"name":"ubuntu:22.04","script":"mkdir d; cp a d/b; test -n \"$X\"","env":["X=1"]},
              {"name":"ubuntu:22.04","args":["grep","-q","acme-small /","b"],"dir":"d"}],
             "substitutions":{"_KIND":"small"},"timeout":"300s"}
            """)).AsMap();

        Assert.Equal(("SUCCESS", "acme"), (T(build, "status"), T(build, "projectId")));
        Assert.Equal(["SUCCESS", "SUCCESS", "SUCCESS"],
            build.Get("steps").AsList().Select(step => T(step.AsMap(), "status")));
        Assert.Equal(Outcome.Succeeded, Assert.Single(_engine.Journal.List(new RunFilter { Name = "build" })).Outcome);
    }

    [Fact]
    public async Task A_failing_step_ends_the_build()
    {
        var error = await _bench.Fault("job", Api + "create", Args("""
            {"steps":[{"name":"ubuntu:22.04","args":["false"]},{"name":"ubuntu:22.04","args":["true"]}]}
            """));

        Assert.Equal("OperationError", error.Get("tags").AsList()[0].AsText());
        var build = error.Get("operation").AsMap().Get("metadata").AsMap().Get("build").AsMap();
        Assert.Equal("FAILURE", T(build, "status"));
    }

    [Fact]
    public async Task Under_the_tolerant_rules_the_build_is_polled_by_the_id_in_its_metadata()
    {
        var started =
            (await Create("""{"steps":[{"name":"ubuntu:22.04","args":["sleep","600"]}]}""", lenient: true)).AsMap();
        var id = T(started.Get("metadata").AsMap().Get("build").AsMap(), "id");

        var seen = (await _bench.Call("record.read", Api + "get", $$"""{"projectId":"acme","id":"{{id}}"}""")).AsMap();
        var stopped = (await _bench.Call("record.write", Api + "cancel", $$"""{"projectId":"acme","id":"{{id}}"}"""))
            .AsMap();

        Assert.Contains(T(seen, "status"), new[] { "QUEUED", "WORKING" });
        Assert.Equal(("CANCELLED", id), (T(stopped, "status"), T(stopped, "id")));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"steps":[]}""")]
    [InlineData("""{"steps":[{"args":["x"]}]}""")]
    [InlineData("""{"steps":[{"name":"ubuntu"}]}""")]
    [InlineData("""{"steps":[{"name":"ubuntu","args":["x"],"env":["novalue"]}]}""")]
    [InlineData("""{"steps":[{"name":"ubuntu","args":["x"]}],"timeout":"soon"}""")]
    public async Task A_bad_build_is_400(string body)
    {
        var error = await _bench.Fault("job", Api + "create", Args(body));

        Assert.Equal(400, error.Get("code").AsInteger());
    }

    [Fact]
    public async Task A_build_of_another_project_is_404()
    {
        var build = (await Create("""{"steps":[{"name":"ubuntu:22.04","args":["true"]}]}""")).AsMap();

        var error = await _bench.Fault(
            "record.read", Api + "get", $$"""{"projectId":"other","id":"{{T(build, "id")}}"}""");

        Assert.Equal(404, error.Get("code").AsInteger());
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private static string T(FlowMap map, string key) => map.Get(key).AsText();

    private static string Args(string body) => $$"""{"projectId":"acme","body":{{body}}}""";

    private Task<FlowValue> Create(string body, bool lenient = false) =>
        _bench.Call("job", Api + "create", Args(body), lenient);
}

using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.Contract;

/// <summary>Documents and exit codes of runs, as scripts rely on them.</summary>
public sealed class RunContractTests : IDisposable
{
    private readonly Workbench _bench = new();

    public RunContractTests() => _bench.AllowEvidence();

    [Fact]
    public async Task A_run_that_succeeds_prints_one_document_and_exits_0()
    {
        var run = (await _bench.RunAsync("run", _bench.OneTask("good", "true"), "-o", "json")).Exits(0).Json;

        Assert.Equal("good-1", run.GetProperty("id").GetString());
        Assert.Equal("graph", run.GetProperty("kind").GetString());
        Assert.Equal("succeeded", run.GetProperty("outcome").GetString());
        Assert.Equal("COMPLETED", run.GetProperty("state").GetString());
        var task = Assert.Single(run.GetProperty("tasks").EnumerateArray());
        Assert.Equal("only", task.GetProperty("name").GetString());
        Assert.Equal("COMPLETED", task.GetProperty("state").GetString());
        Assert.Equal(0, task.GetProperty("exit_code").GetInt32());
    }

    [Fact]
    public async Task A_run_that_fails_says_which_task_and_exits_1()
    {
        var ended = (await _bench.RunAsync("run", _bench.OneTask("bad", "echo no luck; exit 7"), "-o", "json")).Exits(
            1);

        Assert.Equal("failed", ended.Json.GetProperty("outcome").GetString());
        Assert.Equal("FAILED", ended.Json.GetProperty("state").GetString());
        var task = ended.Json.GetProperty("tasks")[0];
        Assert.Equal("FAILED", task.GetProperty("state").GetString());
        Assert.Equal(7, task.GetProperty("exit_code").GetInt32());
    }

    [Fact]
    public async Task Talk_goes_to_stderr_and_data_to_stdout()
    {
        var ended = (await _bench.RunAsync("run", _bench.OneTask("good", "echo said by the task"), "-o", "name")).Exits(
            0);

        Assert.Equal("good-1\n", ended.Out);
        Assert.Contains("good-1 started", ended.Error);
    }

    [Fact]
    public async Task Ids_count_up_by_name()
    {
        var graph = _bench.OneTask("again", "true");
        (await _bench.RunAsync("run", graph, "-o", "name")).Exits(0);

        var second = (await _bench.RunAsync("run", graph, "-o", "name")).Exits(0);

        Assert.Equal("again-2\n", second.Out);
    }

    [Fact]
    public async Task Validation_of_a_good_file_says_valid_and_exits_0()
    {
        var ended = (await _bench.RunAsync("validate", _bench.OneTask("good", "true"), "-o", "json")).Exits(0);

        Assert.True(ended.Json.GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task A_run_that_does_not_exist_exits_4()
    {
        (await _bench.RunAsync("run", _bench.OneTask("somebody", "true"))).Exits(0);

        var ended = (await _bench.RunAsync("runs", "show", "nobody-1", "-o", "json")).Exits(4);

        Assert.Contains("nobody-1", ended.Errors);
    }

    [Fact]
    public async Task A_group_larger_than_its_pool_exits_3_before_anything_runs()
    {
        _bench.Write("huge.yaml", """
            workflow:
              name: huge
              resources: {default: {cpu: 4000}}
              tasks:
              - {name: a, image: "ubuntu:24.04", command: ["true"]}
            """);

        var ended = (await _bench.RunAsync("run", "huge.yaml", "-o", "json")).Exits(3);

        Assert.Contains("4000", ended.Errors);
    }

    public void Dispose() => _bench.Dispose();
}

using Cairn.Graphs.Tasks;

namespace Cairn.Platform.Tests.Executors;

public sealed class ReuseTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [SandboxFact]
    public async Task An_equal_task_of_an_earlier_run_lends_its_outputs_and_its_name()
    {
        var task = _bench.Shell("echo run >> /shared/runs; echo made > {{output}}/x");
        var first = await _bench.Finish(task);
        await _bench.Leave();

        var again = await _bench.Finish(task with { Reuse = true, WorkflowId = "run-2" });
        var other = await _bench.Finish(_bench.Shell("echo run >> /shared/runs") with { Reuse = true });

        Assert.Null(first.ReusedFrom);
        Assert.Equal((TaskEnding.Exited, 0, "run-1"), (again.Ending, again.ExitCode, again.ReusedFrom));
        Assert.Null(other.ReusedFrom);
        Assert.Equal("made\n", await File.ReadAllTextAsync(
            _bench.Intermediate("run-2", "one", "x"), TestContext.Current.CancellationToken));
        Assert.Equal(2, File.ReadAllLines(Path.Combine(_bench.Shared, "runs")).Length);
    }

    [SandboxFact]
    public async Task A_task_that_failed_lends_nothing()
    {
        var task = _bench.Shell("echo run >> /shared/runs; exit 1");
        await _bench.Finish(task);
        await _bench.Leave();

        var again = await _bench.Finish(task with { Reuse = true });

        Assert.Null(again.ReusedFrom);
        Assert.Equal(2, File.ReadAllLines(Path.Combine(_bench.Shared, "runs")).Length);
    }
}

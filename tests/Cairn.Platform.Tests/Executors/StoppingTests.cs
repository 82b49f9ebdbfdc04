using Cairn.Engine.Effects;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Executors.Local.Processes;

namespace Cairn.Platform.Tests.Executors;

public sealed class StoppingTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [SandboxFact]
    public async Task A_stop_lets_the_command_end_well_and_takes_no_outputs_away()
    {
        var started = _bench.Gate("started");
        var order = _bench.Start(_bench.Shell(
            "trap 'echo bye >> /shared/last; exit 0' TERM; echo x > {{output}}/x; echo up > /shared/started; "
            + "while :; do sleep 0.01; done"));
        await _bench.Hear(started);

        _bench.Tell(order, TaskVerb.Stop, 1);
        var result = await _bench.Log.Result(order.Key);

        Assert.Equal(TaskEnding.Stopped, result.Ending);
        Assert.Equal("bye\n", await Read("last"));
        Assert.False(File.Exists(_bench.Intermediate("run-1", "one", "x")));
    }

    [SandboxFact]
    public async Task A_kill_reaches_grandchildren_in_sessions_of_their_own()
    {
        var started = _bench.Gate("started");
        var order = _bench.Start(_bench.Shell(
            "setsid sh -c 'trap \"\" TERM; echo up > /shared/started; exec sleep 4321.5' & wait"));
        await _bench.Hear(started);

        _bench.Tell(order, TaskVerb.Kill, 1);
        var result = await _bench.Log.Result(order.Key);

        Assert.Equal(TaskEnding.Stopped, result.Ending);
        Assert.DoesNotContain(
            ProcessIdentity.All(), pid => ProcessIdentity.ArgumentsOf(pid).Contains("4321.5", StringComparer.Ordinal));
    }

    [SandboxFact]
    public async Task An_interrupted_task_says_so_and_runs_again_when_it_is_handed_out_again()
    {
        var started = _bench.Gate("started");
        var task = _bench.Shell(
            "echo $$ >> /shared/runs; echo up > /shared/started; [ -e /shared/second ] || sleep 600");
        var order = _bench.Start(task);
        await _bench.Hear(started);

        _bench.Executor.Stop(order, StopReason.Interrupted);
        var end = await _bench.Log.End(order.Key);
        await File.WriteAllTextAsync(Path.Combine(_bench.Shared, "second"), "", TestContext.Current.CancellationToken);
        _bench.Crash();
        var again = order with { Issue = 2 };
        Assert.IsType<Admission.Admitted>(_bench.Executor.Admit([again]));
        _bench.Executor.Start(again);
        await _bench.Hear(started);
        var result = await _bench.Log.Result(order.Key);

        Assert.Equal(Ending.Interrupted, end.Ending);
        Assert.Equal((TaskEnding.Exited, 0), (result.Ending, result.ExitCode));
        Assert.Equal(2, (await Read("runs")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [SandboxFact]
    public async Task A_task_that_was_being_interrupted_when_the_engine_died_is_taken_for_interrupted_by_the_next_one()
    {
        var order = await Interrupted(StopReason.Interrupted);

        _bench.Recover(order);
        var end = await _bench.Log.End(order.Key);

        Assert.Equal(Ending.Interrupted, end.Ending);
    }

    [SandboxFact]
    public async Task A_task_that_was_told_to_stop_when_the_engine_died_is_taken_for_stopped_by_the_next_one()
    {
        var order = await Interrupted(reason: null);

        _bench.Recover(order, new TaskMessage(TaskVerb.Stop, 1));
        var result = await _bench.Log.Result(order.Key);

        Assert.Equal(TaskEnding.Stopped, result.Ending);
        Assert.False(File.Exists(_bench.Intermediate("run-1", "one", "x")));
    }

    [SandboxFact]
    public async Task A_stop_after_a_restart_leaves_nothing_of_the_first_command_and_starts_no_second()
    {
        var started = _bench.Gate("started");
        var order = _bench.Start(_bench.Shell("echo up > /shared/started; echo run >> /shared/runs; sleep 4321.3"));
        await _bench.Hear(started);

        _bench.Crash();
        _bench.Recover(order, new TaskMessage(TaskVerb.Restart, 1), new TaskMessage(TaskVerb.Kill, 2));
        var result = await _bench.Log.Result(order.Key);

        Assert.Equal(TaskEnding.Stopped, result.Ending);
        Assert.DoesNotContain(
            ProcessIdentity.All(), pid => ProcessIdentity.ArgumentsOf(pid).Contains("4321.3", StringComparer.Ordinal));
        Assert.Single(Directory.GetFiles(_bench.FolderOf(order), "launched.*"));
    }

    [SandboxFact]
    public async Task A_task_that_is_handed_out_again_never_runs_beside_the_one_before_it()
    {
        var started = _bench.Gate("started");
        var task = _bench.Shell("echo up > /shared/started; [ -e /shared/second ] || exec sleep 4321.8");
        var order = _bench.Start(task);
        await _bench.Hear(started);

        _bench.Crash();
        await File.WriteAllTextAsync(Path.Combine(_bench.Shared, "second"), "", TestContext.Current.CancellationToken);
        _bench.Executor.Start(order with { Issue = 2 });
        await _bench.Hear(started);
        var result = await _bench.Log.Result(order.Key);

        Assert.Equal((TaskEnding.Exited, 0), (result.Ending, result.ExitCode));
        Assert.DoesNotContain(
            ProcessIdentity.All(), pid => ProcessIdentity.ArgumentsOf(pid).Contains("4321.8", StringComparer.Ordinal));
    }

    [SandboxFact]
    public async Task A_stop_before_the_barrier_opens_ends_a_task_that_never_ran()
    {
        var order = _bench.Start(_bench.Shell("echo ran > /shared/ran") with { Barrier = true });
        await _bench.Log.Reached(order.Key, TaskPhase.Ready);

        _bench.Tell(order, TaskVerb.Stop, 1);
        var result = await _bench.Log.Result(order.Key);

        Assert.Equal(TaskEnding.Stopped, result.Ending);
        Assert.Null(result.Started);
        Assert.False(File.Exists(Path.Combine(_bench.Shared, "ran")));
    }

    [SandboxFact]
    public async Task A_restart_kills_the_command_and_waits_at_the_barrier_again_in_the_same_place()
    {
        var started = _bench.Gate("started");
        var order = _bench.Start(_bench.Shell(
            "echo run >> /tmp/runs; cat /tmp/runs > {{output}}/runs; echo up > /shared/started; "
            + "[ $(wc -l < /tmp/runs) = 2 ] || sleep 600") with
        { Barrier = true });
        await _bench.Log.Reached(order.Key, TaskPhase.Ready);

        _bench.Tell(order, TaskVerb.Go, 1);
        await _bench.Hear(started);
        _bench.Tell(order, TaskVerb.Restart, 2);
        await _bench.Log.Reached(order.Key, TaskPhase.Ready, times: 2);
        _bench.Tell(order, TaskVerb.Restart, 2);
        _bench.Tell(order, TaskVerb.Go, 3);
        await _bench.Hear(started);
        var result = await _bench.Log.Result(order.Key);

        Assert.Equal((TaskEnding.Exited, 0), (result.Ending, result.ExitCode));
        Assert.Equal("run\nrun\n", await File.ReadAllTextAsync(
            _bench.Intermediate("run-1", "one", "runs"), TestContext.Current.CancellationToken));
    }

    [SandboxFact]
    public async Task A_restart_that_was_told_before_a_crash_is_done_once_after_it()
    {
        var started = _bench.Gate("started");
        var order = _bench.Start(_bench.Shell(
            "echo run >> /shared/runs; echo up > /shared/started; [ $(wc -l < /shared/runs) = 2 ] || sleep 600"));
        await _bench.Hear(started);

        _bench.Crash();
        _bench.Recover(order, new TaskMessage(TaskVerb.Restart, 1));
        await _bench.Hear(started);
        var result = await _bench.Log.Result(order.Key);

        Assert.Equal((TaskEnding.Exited, 0), (result.Ending, result.ExitCode));
        Assert.Equal("run\nrun\n", await Read("runs"));
    }

    /// <summary>A task that gets TERM; then the engine dies, and the task ends well while nobody listens.</summary>
    private async Task<EffectOrder> Interrupted(StopReason? reason)
    {
        var (started, asked, gate) = (_bench.Gate("started"), _bench.Gate("asked"), _bench.Gate("gate"));
        var order = _bench.Start(_bench.Shell(
            "trap 'echo term > /shared/asked; cat /shared/gate; exit 0' TERM; echo x > {{output}}/x; "
            + "echo up > /shared/started; while :; do sleep 0.01; done"));
        await _bench.Hear(started);
        if (reason is { } why)
            _bench.Executor.Stop(order, why);
        else
            _bench.Tell(order, TaskVerb.Stop, 1);
        await _bench.Hear(asked);

        _bench.Crash();
        var outside = PlaceJson.Read(
            Path.Combine(_bench.FolderOf(order), "process.0.json"), PlaceJson.Default.ProcessIdentity);
        using var watch = new ProcessWatch();
        var gone = watch.Exited(outside!);
        await _bench.Pass(gate);
        await gone;
        return order;
    }

    private Task<string> Read(string name) =>
        File.ReadAllTextAsync(Path.Combine(_bench.Shared, name), TestContext.Current.CancellationToken);
}

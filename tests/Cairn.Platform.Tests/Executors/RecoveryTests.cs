using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Executors.Local.Processes;

namespace Cairn.Platform.Tests.Executors;

public sealed class RecoveryTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [SandboxFact]
    public async Task A_task_lives_on_when_the_engine_dies_and_is_found_again_not_started_again()
    {
        var (order, gate) = await Waiting();

        _bench.Crash();
        _bench.Recover(order);
        await _bench.Log.Reached(order.Key, TaskPhase.Running);
        await _bench.Pass(gate);
        var result = await _bench.Log.Result(order.Key);

        Assert.Equal((TaskEnding.Exited, 3), (result.Ending, result.ExitCode));
        Assert.Equal([order.Key.ToString()], Starts());
    }

    [SandboxFact]
    public async Task A_task_that_ended_while_nobody_listened_tells_its_exit_code_and_its_outputs_are_taken_away()
    {
        var (order, gate) = await Waiting("echo late > {{output}}/late.txt");

        _bench.Crash();
        var gone = Gone(order);
        await _bench.Pass(gate);
        await gone;
        _bench.Recover(order);
        var result = await _bench.Log.Result(order.Key);

        Assert.Equal((TaskEnding.Exited, 3), (result.Ending, result.ExitCode));
        Assert.Equal("late\n", await File.ReadAllTextAsync(
            _bench.Intermediate("run-1", "one", "late.txt"), TestContext.Current.CancellationToken));
        Assert.Single(Starts());
    }

    [SandboxFact]
    public async Task A_task_that_ran_when_the_machine_stopped_is_lost()
    {
        var (order, _) = await Waiting();

        _bench.Crash();
        await PullThePlug(order);
        var marker = Directory.GetFiles(_bench.FolderOf(order), "launched.*").Single();
        File.Move(marker, Path.Combine(_bench.FolderOf(order), "launched.0.another-boot"));
        _bench.Recover(order);
        var result = await _bench.Log.Result(order.Key);

        Assert.Equal((TaskEnding.Lost, 3001), (result.Ending, result.ExitCode));
        Assert.Contains("machine was restarted", result.Message);
        Assert.Single(Starts());
    }

    [SandboxFact]
    public async Task A_process_that_got_the_number_of_a_dead_task_is_neither_taken_for_it_nor_killed()
    {
        var (order, _) = await Waiting();

        _bench.Crash();
        await PullThePlug(order);
        using var stranger = System.Diagnostics.Process.Start("sleep", "600");
        var number = $$"""{"pid":{{stranger.Id}},"start_ticks":1,"boot":"{{ProcessIdentity.CurrentBoot}}"}""";
        await File.WriteAllTextAsync(
            Path.Combine(_bench.FolderOf(order), "process.0.json"), number, TestContext.Current.CancellationToken);
        _bench.Recover(order);
        _bench.Executor.Stop(order, Cairn.Engine.Effects.StopReason.Terminated);
        var result = await _bench.Log.Result(order.Key);
        var alive = !stranger.HasExited;
        stranger.Kill();

        Assert.NotEqual(TaskEnding.Exited, result.Ending);
        Assert.True(alive);
    }

    [SandboxFact]
    public async Task A_task_is_found_by_its_key_when_the_engine_died_before_it_noted_the_process()
    {
        var (order, gate) = await Waiting();

        _bench.Crash();
        File.Delete(Path.Combine(_bench.FolderOf(order), "process.0.json"));
        _bench.Recover(order);
        await _bench.Log.Reached(order.Key, TaskPhase.Running);
        await _bench.Pass(gate);
        var result = await _bench.Log.Result(order.Key);

        Assert.Equal((TaskEnding.Exited, 3), (result.Ending, result.ExitCode));
        Assert.Single(Starts());
    }

    [SandboxFact]
    public async Task A_launch_that_left_its_mark_and_no_process_is_lost_and_not_started_again()
    {
        var order = _bench.Order(_bench.Shell("echo $CAIRN_TASK >> /shared/starts"));
        Directory.CreateDirectory(_bench.FolderOf(order));
        await File.WriteAllTextAsync(
            Path.Combine(_bench.FolderOf(order), $"launched.0.{ProcessIdentity.CurrentBoot}"), "",
            TestContext.Current.CancellationToken);

        _bench.Recover(order);
        var result = await _bench.Log.Result(order.Key);

        Assert.Equal(TaskEnding.Lost, result.Ending);
        Assert.False(File.Exists(Path.Combine(_bench.Shared, "starts")));
    }

    [SandboxFact]
    public async Task A_task_whose_end_was_not_journaled_says_the_same_again()
    {
        var order = _bench.Start(_bench.Shell("echo $CAIRN_TASK >> /shared/starts; exit 5"));
        var first = await _bench.Log.Result(order.Key);

        _bench.Crash();
        _bench.Recover(order);
        var again = await _bench.Log.Result(order.Key);

        Assert.Equal(first, again);
        Assert.Single(Starts());
    }

    private async Task<(Cairn.Engine.Effects.EffectOrder Order, string Gate)> Waiting(string then = ":")
    {
        var gate = _bench.Gate("gate");
        var started = _bench.Gate("started");
        var order = _bench.Start(_bench.Shell(
            $"echo $CAIRN_TASK >> /shared/starts; echo up > /shared/started; cat /shared/gate; {then}; exit 3"));
        Assert.Equal("up", await _bench.Hear(started));
        await _bench.Log.Reached(order.Key, TaskPhase.Running);
        return (order, gate);
    }

    private IReadOnlyList<string> Starts() => File.ReadAllLines(Path.Combine(_bench.Shared, "starts"));

    private async Task Gone(Cairn.Engine.Effects.EffectOrder order)
    {
        using var watch = new ProcessWatch();
        var outside = PlaceJson.Read(
            Path.Combine(_bench.FolderOf(order), "process.0.json"), PlaceJson.Default.ProcessIdentity);
        await watch.Exited(outside!);
    }

    /// <summary>Everything of the task is gone at once, as when the power fails: nobody tells an exit code.</summary>
    private async Task PullThePlug(Cairn.Engine.Effects.EffectOrder order)
    {
        var gone = Gone(order);
        var folder = new TaskFolder(_bench.FolderOf(order));
        var outside = PlaceJson.Read(folder.Process(0), PlaceJson.Default.ProcessIdentity)!;
        var inside = SandboxStatus.Read(folder.Status(0)).ChildPid!.Value;
        var init = ProcessIdentity.Of(inside, ProcessIdentity.CurrentBoot)!;
        _ = Libc.kill(outside.Pid, Libc.SigKill);
        await gone;
        using var watch = new ProcessWatch();
        var dead = watch.Exited(init);
        _ = Libc.kill(inside, Libc.SigKill);
        await dead;
    }
}

using Cairn.Engine.Runs;
using Cairn.Graphs.Program;
using Cairn.Graphs.Tasks;

namespace Cairn.Graphs.Tests.Program;

/// <summary>Timeouts and cancel: spec/osmo.md 3.6, 3.9.</summary>
public sealed class TimeoutTests
{
    private static string Timed(string text) =>
        text.Replace("name: g\n", "name: g\n  timeout: {exec_timeout: 90m, queue_timeout: 10s}\n");

    [Fact]
    public void A_group_that_runs_too_long_fails_and_takes_its_dependants_along()
    {
        var loop = new GraphLoop(Timed(Samples.Chain)).Start();
        loop.Run("a");

        loop.Fire("exec:a-group");

        Assert.Equal("FAILED_EXEC_TIMEOUT", loop.State("a"));
        Assert.Equal("Task ran longer than the set limit of 1 hours, 30 minutes.", loop.Reason("a"));
        Assert.Equal(["Stop"], loop.Told("a"));
        Assert.Equal(("FAILED_UPSTREAM", "SCHEDULING"), (loop.State("b"), loop.State("d")));
    }

    [Fact]
    public void A_group_that_waits_too_long_fails()
    {
        var loop = new GraphLoop(Timed(Samples.One)).Start();

        loop.Fire("queue:a-group");
        loop.EndStopped();

        Assert.Equal("Task stayed in queue longer than the set limit of 10 seconds.", loop.Reason("a"));
        Assert.Equal(("FAILED_QUEUE_TIMEOUT", Outcome.Failed), (loop.EndState, loop.EndOutcome));
    }

    [Fact]
    public void The_queue_clock_stops_when_the_first_task_is_accepted()
    {
        var loop = new GraphLoop(Timed(Samples.Group())).Start();
        Assert.Equal(["queue:team"], loop.Timers.Keys);

        loop.Accept("one");

        Assert.Equal(["start:one"], loop.Timers.Keys);
    }

    [Fact]
    public void The_exec_clock_starts_when_the_group_runs()
    {
        var loop = new GraphLoop(Timed(Samples.One)).Start();
        loop.Accept("a");

        loop.Phase(TaskPhase.Downloading, "a");

        Assert.Equal(loop.Now.AddMinutes(90), loop.Timers["exec:a-group"]);
    }

    [Fact]
    public void A_place_that_is_not_ready_in_time_fails_its_task()
    {
        var loop = new GraphLoop(Samples.One).Start();
        loop.Accept("a");
        Assert.Equal(loop.Now.AddMinutes(30), loop.Timers["start:a"]);

        loop.Fire("start:a");
        loop.EndStopped();

        Assert.Equal(("FAILED_START_TIMEOUT", 3005), (loop.State("a"), (int)loop.Task("a")["exit_code"]!));
    }

    [Fact]
    public void A_start_timeout_may_be_rescheduled_while_the_old_attempt_stops()
    {
        var pool = new GraphPool { MaxRetryPerTask = 1 };
        var loop = new GraphLoop(Graphs.WithTask("exitActions: {RESCHEDULE: 3005}"), pool).Start();
        loop.Accept("t");
        var old = loop.EffectOf("t");

        loop.Fire("start:t");
        loop.End(old, new TaskResult { Ending = TaskEnding.Stopped, ExitCode = 143 });
        loop.Run("t");
        loop.Exit("t");

        Assert.Equal("COMPLETED", loop.EndState);
    }

    [Fact]
    public void A_written_timeout_is_clamped_to_the_pools_maximum_and_zero_is_its_default()
    {
        var pool = new GraphPool { DefaultQueueTimeoutSeconds = 77, MaxExecTimeoutSeconds = 60 };
        var text = Samples.One.Replace("name: g\n", "name: g\n  timeout: {exec_timeout: 1d, queue_timeout: 0}\n");
        var loop = new GraphLoop(text, pool).Start();
        Assert.Equal(loop.Now.AddSeconds(77), loop.Timers["queue:a-group"]);

        loop.Run("a");

        Assert.Equal(60, (loop.Timers["exec:a-group"] - loop.Now).TotalSeconds, 2.5);
    }

    [Fact]
    public void No_timer_is_left_when_a_run_has_ended()
    {
        var loop = new GraphLoop(Timed(Samples.Chain)).Start();

        foreach (var task in (string[])["d", "a", "b", "c"])
        {
            loop.Run(task);
            loop.Exit(task);
        }

        Assert.Empty(loop.Timers);
        Assert.Equal("COMPLETED", loop.EndState);
    }

    [Fact]
    public void A_cancel_ends_all_that_has_not_ended_and_says_who()
    {
        var loop = new GraphLoop(Samples.Chain).Start();
        loop.Exit("d");
        loop.Run("a");

        loop.Cancel("ada", "wrong data");
        Assert.Null(loop.EndState);
        loop.EndStopped();

        Assert.Equal("Task was canceled by user: ada. wrong data", loop.Reason("c"));
        Assert.Equal(("COMPLETED", "FAILED_CANCELED"), (loop.State("d"), loop.State("a")));
        Assert.Equal(("FAILED_CANCELED", Outcome.Cancelled), (loop.EndState, loop.EndOutcome));
        Assert.Empty(loop.Timers);
    }

    [Fact]
    public void A_second_cancel_changes_nothing()
    {
        var loop = new GraphLoop(Samples.Chain).Start();
        loop.Cancel("ada");
        var before = loop.Transcript.Count;

        loop.Cancel("bob");

        Assert.Equal(before, loop.Transcript.Count);
    }

    [Theory]
    [InlineData(5400, "1 hours, 30 minutes")]
    [InlineData(90061, "1 days, 1 hours, 1 minutes, 1 seconds")]
    [InlineData(0.5, "0 seconds")]
    public void Spans_are_written_without_singular_forms(double seconds, string text) =>
        Assert.Equal(text, Readable.Span(seconds));
}

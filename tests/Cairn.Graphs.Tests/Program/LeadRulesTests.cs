using Cairn.Engine.Runs;
using Cairn.Graphs.Program;
using Cairn.Graphs.Tasks;

namespace Cairn.Graphs.Tests.Program;

/// <summary>The table of spec/osmo.md 3.4.</summary>
public sealed class LeadRulesTests
{
    private static readonly GraphPool Retries = new() { MaxRetryPerTask = 2 };

    private static GraphLoop Running(string text, GraphPool? pool = null)
    {
        var loop = new GraphLoop(text, pool).Start();
        loop.Accept("lead", "one", "two");
        loop.Phase(TaskPhase.Ready, "lead", "one", "two");
        loop.Phase(TaskPhase.Running, "lead", "one", "two");
        return loop;
    }

    [Fact]
    public void A_lead_that_completes_completes_the_others_and_stops_them()
    {
        var loop = Running(Samples.Group());

        loop.Exit("lead");

        Assert.Equal(["COMPLETED", "COMPLETED"], new[] { loop.State("one"), loop.State("two") });
        Assert.Equal("Lead task finished", loop.Reason("one"));
        Assert.Equal(["Go", "Stop"], loop.Told("one"));
        Assert.Null(loop.EndState);
    }

    [Fact]
    public void A_run_ends_only_when_stopped_tasks_have_ended()
    {
        var loop = Running(Samples.Group());
        loop.Exit("lead");

        loop.EndStopped();

        Assert.Equal(("COMPLETED", Outcome.Succeeded), (loop.EndState, loop.EndOutcome));
        Assert.Equal("COMPLETED", loop.State("one"));
    }

    [Fact]
    public void Followers_of_an_evicted_lead_are_plain_failed()
    {
        var loop = Running(Samples.Group());

        loop.End("lead", new TaskResult { Ending = TaskEnding.OutOfMemory, ExitCode = 3004 });

        Assert.Equal("FAILED_EVICTED", loop.State("lead"));
        Assert.Equal("FAILED", loop.State("one"));
        Assert.Equal("FAILED_EVICTED", loop.Group("team"));
    }

    [Fact]
    public void A_rescheduled_lead_gets_a_new_attempt_and_the_others_restart()
    {
        var loop = Running(Samples.Group(lead: Samples.Retry), Retries);

        loop.Exit("lead", 9);

        Assert.Equal(1, loop.Orders["lead"].RetryId);
        Assert.Equal(["Go", "Restart"], loop.Told("one"));
        Assert.Equal("RUNNING", loop.Group("team"));
        Assert.Equal(
            "Exit Action: RESCHEDULE the task for exit code 9.", (string)loop.Task("lead")["past"]![0]!["reason"]!);
    }

    [Fact]
    public void A_restart_is_skipped_for_a_task_whose_command_has_not_begun()
    {
        var loop = new GraphLoop(Samples.Group(lead: Samples.Retry), Retries).Start();
        loop.Accept("lead", "one", "two");
        loop.Phase(TaskPhase.Ready, "one");

        loop.Exit("lead", 9);

        Assert.Empty(loop.Told("one"));
        Assert.Empty(loop.Told("two"));
    }

    [Fact]
    public void A_failed_follower_is_only_recorded()
    {
        var loop = Running(Samples.Group());

        loop.Exit("one", 1);

        Assert.Equal("FAILED", loop.State("one"));
        Assert.Equal("RUNNING", loop.State("lead"));
        loop.Exit("lead");
        loop.EndStopped();
        Assert.Equal("COMPLETED", loop.EndState);
    }

    [Fact]
    public void A_failed_follower_that_counts_fails_the_group()
    {
        var loop = Running(Samples.Group(ignore: false));

        loop.Exit("one", 1);

        Assert.Equal("FAILED", loop.State("lead"));
        Assert.Equal("Task one Failed.", loop.Reason("lead"));
        Assert.Equal("FAILED", loop.Group("team"));
        Assert.Equal(["Go", "Stop"], loop.Told("two"));
    }

    [Fact]
    public void A_rescheduled_follower_alone_is_made_again()
    {
        var loop = Running(Samples.Group(other: Samples.Retry), Retries);

        loop.Exit("one", 9);

        Assert.Equal(1, loop.Orders["one"].RetryId);
        Assert.Equal(["Go"], loop.Told("lead"));
        Assert.Equal(["Go"], loop.Told("two"));
    }

    [Fact]
    public void A_rescheduled_follower_that_counts_restarts_all_others()
    {
        var loop = Running(Samples.Group(ignore: false, other: Samples.Retry), Retries);

        loop.Exit("one", 9);

        Assert.Equal(["Go", "Restart"], loop.Told("lead"));
        Assert.Equal(["Go", "Restart"], loop.Told("two"));
    }

    [Fact]
    public void A_group_starts_as_one_gang_in_one_turn()
    {
        var loop = new GraphLoop(Samples.Group()).Start();

        Assert.Equal(
            ["ask lead 1 gang team attempt 0", "ask one 2 gang team attempt 0", "ask two 3 gang team attempt 0"],
            loop.Transcript.Take(3));
    }
}

using Cairn.Graphs.Program;
using Cairn.Graphs.Tasks;

namespace Cairn.Graphs.Tests.Program;

/// <summary>Set semantics of spec/osmo.md 3.8.</summary>
public sealed class BarrierTests
{
    private static readonly GraphPool Retries = new() { MaxRetryPerTask = 3 };

    [Fact]
    public void The_barrier_opens_when_the_last_member_is_ready()
    {
        var loop = new GraphLoop(Samples.Group()).Start();

        loop.Phase(TaskPhase.Ready, "lead", "one");
        Assert.Empty(loop.Told("lead"));
        loop.Phase(TaskPhase.Ready, "two");

        Assert.All(["lead", "one", "two"], task => Assert.Equal(["Go"], loop.Told(task)));
    }

    [Fact]
    public void A_task_that_is_ready_twice_counts_once()
    {
        var loop = new GraphLoop(Samples.Group()).Start();

        loop.Phase(TaskPhase.Ready, "lead", "one", "one");

        Assert.Empty(loop.Told("one"));
    }

    [Fact]
    public void A_member_that_ended_is_waited_for_no_longer()
    {
        var loop = new GraphLoop(Samples.Group()).Start();
        loop.Phase(TaskPhase.Ready, "lead", "one");

        loop.Exit("two", 1);

        Assert.Equal(["Go"], loop.Told("lead"));
        Assert.Equal(["Go"], loop.Told("one"));
    }

    [Fact]
    public void A_retried_follower_passes_an_open_barrier_at_once()
    {
        var loop = new GraphLoop(Samples.Group(other: Samples.Retry), Retries).Start();
        loop.Phase(TaskPhase.Ready, "lead", "one", "two");
        loop.Exit("one", 9);

        loop.Phase(TaskPhase.Ready, "one");

        Assert.Equal(["Go", "Go"], loop.Told("one"));
        Assert.Equal(["Go"], loop.Told("two"));
    }

    [Fact]
    public void After_a_retry_of_the_lead_all_meet_again()
    {
        var loop = new GraphLoop(Samples.Group(lead: Samples.Retry), Retries).Start();
        loop.Phase(TaskPhase.Ready, "lead", "one", "two");
        loop.Phase(TaskPhase.Running, "lead", "one", "two");
        loop.Exit("lead", 9);

        loop.Phase(TaskPhase.Ready, "one", "two");
        Assert.Equal(["Go", "Restart"], loop.Told("one"));
        loop.Phase(TaskPhase.Ready, "lead");

        Assert.Equal(["Go", "Restart", "Go"], loop.Told("one"));
        Assert.Equal(["Go", "Go"], loop.Told("lead"));
    }

    [Fact]
    public void Who_waits_while_the_set_is_cleared_stands_in_the_new_one()
    {
        var loop = new GraphLoop(Samples.Group(lead: Samples.Retry), Retries).Start();
        loop.Phase(TaskPhase.Ready, "one", "two");
        loop.Exit("lead", 9);

        loop.Phase(TaskPhase.Ready, "lead");

        Assert.Equal(["Go"], loop.Told("one"));
        Assert.Equal(["Go"], loop.Told("two"));
    }

    [Fact]
    public void Without_a_barrier_nobody_waits()
    {
        var loop = new GraphLoop(Samples.Group(barrier: false)).Start();

        loop.Phase(TaskPhase.Ready, "lead", "one", "two");

        Assert.False(loop.Orders["lead"].Barrier);
        Assert.Empty(loop.Told("lead"));
    }

    [Fact]
    public void A_single_task_has_no_barrier()
    {
        var loop = new GraphLoop(Samples.One).Start();

        Assert.False(loop.Orders["a"].Barrier);
    }

    [Fact]
    public void A_waiting_task_says_whom_it_waits_for()
    {
        var loop = new GraphLoop(Samples.Group()).Start();

        loop.Phase(TaskPhase.Ready, "lead", "one");

        Assert.Equal("the barrier: 2 of 3 ready, two is not", (string)loop.Task("lead")["waiting_for"]!);
    }
}

using Cairn.Engine.Effects;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Tests.Shells;

public sealed class ParkingTests
{
    [Fact]
    public void An_interrupted_run_has_its_effects_stopped_and_issued_again_on_resume()
    {
        var performer = new HandPerformer("task", RecoveryClass.Reattach);
        var world = new World([performer]);
        var run = world.Run("ask task x");

        world.Send(run, InboxKind.Interrupt, "ctrl-c");
        world.Settle();
        Assert.Equal(Parked.Interrupted, world.Head(run).Parked);
        Assert.Empty(performer.Running);

        world.Send(run, InboxKind.Resume, "go on");
        world.Settle();
        performer.End(performer.Running[0], "ok");
        world.Settle();

        Assert.Equal(["start run-1/1#1", "stop Interrupted run-1/1#1", "start run-1/1#2"], performer.Calls);
        Assert.Equal("started run-1, 1 Known ok", world.Result(run));
    }

    [Fact]
    public void A_new_owner_leaves_a_parked_run_parked()
    {
        var performer = new HandPerformer("task", RecoveryClass.Reattach);
        var world = new World([performer]);
        var run = world.Run("ask task x");
        world.Send(run, InboxKind.Interrupt, "ctrl-c");
        world.Settle();

        world.Crash(performer.Calls.Clear);
        world.Settle();

        Assert.Empty(performer.Calls);
        Assert.Equal(Parked.Interrupted, world.Head(run).Parked);
        world.Send(run, InboxKind.Resume, "go on");
        world.Settle();
        Assert.Equal(["start run-1/1#2"], performer.Calls);
    }

    [Fact]
    public void What_waits_in_the_queue_of_an_interrupted_run_is_not_handed_out()
    {
        var performer = new HandPerformer("task", RecoveryClass.Reattach) { Capacity = 1 };
        var world = new World([performer]);
        var run = world.Run("fan task 3");
        world.Send(run, InboxKind.Interrupt, "ctrl-c");
        world.Settle();
        Assert.Equal(["start run-1/1#1", "stop Interrupted run-1/1#1"], performer.Calls);

        world.Send(run, InboxKind.Resume, "go on");
        world.Settle();
        while (performer.Running.Count > 0)
        {
            performer.End(performer.Running[0], "");
            world.Settle();
        }

        Assert.Equal("DONE", world.Head(run).State);
    }

    [Fact]
    public void What_a_cancelled_run_asks_for_is_handed_out_once()
    {
        var performer = new HandPerformer("task");
        var world = new World([performer]);
        var run = world.Run("signal\ncatch\nask task clean-up");
        world.Send(run, InboxKind.Interrupt, "ctrl-c");
        world.Settle();

        world.Send(run, InboxKind.Cancel, "cancel");
        world.Settle();

        Assert.Equal(["start run-1/1#1"], performer.Calls);
        Assert.Equal(1, performer.Reserved);
    }

    [Fact]
    public void A_resume_hands_out_nothing_that_is_not_committed_itself()
    {
        var performer = new HandPerformer("task") { IgnoresStop = true };
        var world = new World([performer]);
        var run = world.Run("ask task x\nask task y");
        world.Send(run, InboxKind.Interrupt, "a");
        world.Send(run, InboxKind.Resume, "b");
        world.Shell.Turn();
        world.CommitOne();
        world.Shell.Turn();
        var parkedAndResumed = world.Shell.TakeBatch()!;
        performer.End(performer.Running[0], "ok");
        world.Shell.Turn();

        world.Shell.Committed(world.Journal.Commit(parkedAndResumed));
        world.Shell.Turn();
        Assert.DoesNotContain("start run-1/2#1", performer.Calls);
        world.Settle();

        Assert.Contains("start run-1/2#1", performer.Calls);
    }

    [Fact]
    public void A_timer_of_an_interrupted_run_fires_after_resume()
    {
        var world = new World([]);
        var run = world.Run("sleep 5");
        world.Send(run, InboxKind.Interrupt, "ctrl-c");
        world.Settle();
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        world.Settle();
        Assert.True(world.Head(run).IsOpen);

        world.Send(run, InboxKind.Resume, "go on");
        world.Settle();

        Assert.Equal("started run-1, fired t0", world.Result(run));
    }

    [Fact]
    public void A_program_that_throws_parks_its_run_as_stuck_and_takes_the_event_again_on_resume()
    {
        var performer = new HandPerformer("read");
        var world = new World([performer]);
        var run = world.Run("ask read x\nthrow");
        var other = world.Run("end");
        performer.End(performer.Running[0], "precious");
        world.Settle();

        var head = world.Head(run);
        Assert.Equal((Parked.Stuck, "InvalidOperationException: the script says so"), (head.Parked, head.ParkMessage));
        Assert.Equal("DONE", other.State);

        world.Crash();
        world.Settle();
        Assert.Equal(Parked.Stuck, world.Head(run).Parked);
        world.Send(run, InboxKind.Resume, "in vain");
        world.Settle();
        Assert.Equal(Parked.Stuck, world.Head(run).Parked);

        world.Family.Patch = text => text.Replace("throw", "end");
        world.Send(run, InboxKind.Resume, "after the repair");
        world.Settle();

        Assert.Equal("started run-1, 1 Known precious", world.Result(run));
    }

    [Fact]
    public void A_terminated_run_has_its_effects_killed_and_ends_in_its_languages_word()
    {
        var performer = new HandPerformer("task", RecoveryClass.Reattach) { Capacity = 1 };
        var world = new World([performer]);
        var run = world.Run("fan task 3");

        world.Send(run, InboxKind.Terminate, "now");
        world.Settle();

        var head = world.Head(run);
        Assert.Equal(("KILLED", Outcome.Cancelled, 0), (head.State, head.Outcome, head.Live));
        Assert.Equal(["start run-1/1#1", "stop Terminated run-1/1#1"], performer.Calls);
        Assert.Equal(0, world.Shell.RunCount);
    }

    [Fact]
    public void A_stuck_run_can_be_terminated()
    {
        var world = new World([]);
        var run = world.Run("throw");

        world.Send(run, InboxKind.Terminate, "now");
        world.Settle();

        Assert.Equal(("TERMINATED", Outcome.Cancelled), (world.Head(run).State, world.Head(run).Outcome));
    }

    [Fact]
    public void What_still_ran_when_the_engine_died_after_the_end_is_stopped_by_the_next_owner()
    {
        var performer = new HandPerformer("task", RecoveryClass.Reattach) { IgnoresStop = true };
        var world = new World([performer]);
        var run = world.Run("ask task x");
        world.Send(run, InboxKind.Cancel, "stop");
        world.Settle();
        Assert.Equal(("CANCELLED", 1), (world.Head(run).State, world.Head(run).Live));

        performer.IgnoresStop = false;
        world.Crash(performer.Calls.Clear);
        world.Settle();

        Assert.Equal(["recover without handle run-1/1#1", "stop Terminated run-1/1#1"], performer.Calls);
        Assert.Equal(0, world.Head(run).Live);
        Assert.Equal(0, world.Shell.RunCount);
    }

    [Fact]
    public void A_report_of_an_older_issue_is_recorded_and_ignored()
    {
        var performer = new HandPerformer("task", RecoveryClass.Reattach);
        var world = new World([performer]);
        var run = world.Run("ask task x");
        var first = performer.Running[0];
        world.Send(run, InboxKind.Interrupt, "a");
        world.Send(run, InboxKind.Resume, "b");
        world.Settle();

        performer.Repeat(first, "too late");
        world.Settle();
        Assert.True(world.Head(run).IsOpen);
        performer.End(performer.Running[0], "right");
        world.Settle();

        Assert.Equal("started run-1, 1 Known right", world.Result(run));
    }
}

using Cairn.Engine.Journals;
using Cairn.Engine.Programs;

namespace Cairn.Engine.Tests.Shells;

public sealed class InboxTests
{
    [Fact]
    public void What_is_sent_twice_under_one_key_arrives_once()
    {
        var world = new World([]);
        var run = world.Run("signal\nsignal");
        world.Send(run, InboxKind.Signal, "a");
        world.Send(run, InboxKind.Signal, "a");
        world.Settle();
        world.Send(run, InboxKind.Signal, "a");
        world.Settle();
        Assert.True(world.Head(run).IsOpen);

        world.Send(run, InboxKind.Signal, "b");
        world.Settle();

        Assert.Equal("started run-1, got a, got b", world.Result(run));
    }

    [Fact]
    public void A_row_committed_by_another_process_is_found_after_a_poke()
    {
        var world = new World([]);
        var run = world.Run("signal");
        var batch = new Batch();
        batch.Sent.Add((run.Row, new InboxItem("from outside", InboxKind.Signal, default)));
        world.Journal.Commit(batch);

        world.Shell.Post(new Cairn.Engine.Shells.Intake.Poked());
        world.Settle();

        Assert.Equal("started run-1, got from outside", world.Result(run));
    }

    [Fact]
    public void A_row_that_was_acknowledged_and_not_taken_arrives_after_a_crash()
    {
        var world = new World([]);
        var run = world.Run("signal");
        world.Send(run, InboxKind.Signal, "a");
        world.Shell.Turn();
        Assert.True(world.CommitOne());

        world.Crash();
        world.Settle();

        Assert.Equal("started run-1, got a", world.Result(run));
        Assert.Empty(world.Journal.Inbox(0, 10));
    }

    [Fact]
    public void Something_sent_to_a_run_that_has_ended_leaves_no_row_waiting()
    {
        var world = new World([]);
        var run = world.Run("end");

        world.Send(run, InboxKind.Cancel, "late");
        world.Settle();

        Assert.Empty(world.Journal.Inbox(0, 10));
        Assert.Equal("DONE", world.Head(run).State);
    }

    [Fact]
    public void A_row_for_a_run_that_the_owner_has_not_seen_yet_finds_it()
    {
        var world = new World([]);
        var first = world.Run("signal");
        var batch = new Batch();
        var other = new Runs.NewRun(new Runs.RunUid(99), "other", "script", "signal"u8.ToArray(),
            default)
        { Version = 1 };
        batch.Created.Add((other, DateTimeOffset.UnixEpoch));
        world.Journal.Commit(batch);
        var late = new Batch();
        late.Sent.Add((world.Journal.Find("other-1")!.Row, new InboxItem("k", InboxKind.Signal, default)));
        world.Journal.Commit(late);

        world.Send(first, InboxKind.Signal, "own");
        world.Settle();

        Assert.Equal("started other-1, got k", world.Result(world.Journal.Find("other-1")!));
    }

    [Fact]
    public void A_run_created_by_another_process_is_started_after_a_poke()
    {
        var world = new World([]);
        var batch = new Batch();
        var other = new Runs.NewRun(new Runs.RunUid(99), "other", "script", "end"u8.ToArray(), default) { Version = 1 };
        batch.Created.Add((other, DateTimeOffset.UnixEpoch));
        world.Journal.Commit(batch);

        world.Shell.Post(new Cairn.Engine.Shells.Intake.Poked());
        world.Settle();

        Assert.Equal("DONE", world.Journal.Find("other-1")!.State);
    }
}

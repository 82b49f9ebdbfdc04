using Cairn.Engine.Journals;

namespace Cairn.Engine.Tests.Shells;

public sealed class FailedCommitTests
{
    private static readonly CommitResult _full = new CommitResult.NoSpace("the disk is full");

    [Fact]
    public void What_was_built_on_a_failed_commit_is_thrown_away_and_its_events_are_offered_again()
    {
        var performer = new HandPerformer("read");
        var world = new World([performer]);
        var run = world.Run("ask read one\nask read two");
        performer.End(performer.Running[0], "hard work");
        world.Shell.Turn();

        Assert.NotNull(world.Shell.TakeBatch());
        world.Shell.Committed(_full);
        world.Settle();
        Assert.Equal("the disk is full", world.Shell.Trouble);
        Assert.Single(performer.Calls);

        world.Clock.Advance(TimeSpan.FromSeconds(1));
        world.Settle();
        Assert.Null(world.Shell.Trouble);
        performer.End(performer.Running[0], "two");
        world.Settle();

        Assert.Equal("started run-1, 1 Known hard work, 2 Known two", world.Result(run));
    }

    [Fact]
    public void The_batch_after_a_failed_one_falls_with_it()
    {
        var performer = new HandPerformer("read");
        var world = new World([performer]);
        var run = world.Run("fan read 3");
        performer.End(performer.Running[0], "a");
        world.Shell.Turn();
        Assert.NotNull(world.Shell.TakeBatch());
        performer.End(performer.Running[0], "b");
        performer.End(performer.Running[0], "c");
        world.Shell.Turn();

        world.Shell.Committed(_full);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        world.Settle();

        Assert.Equal("started run-1, 1 Known a, 2 Known b, 3 Known c", world.Result(run));
    }

    [Fact]
    public void A_commit_of_unknown_fate_that_is_there_counts()
    {
        var performer = new HandPerformer("read");
        var world = new World([performer]);
        var run = world.Run("ask read one");
        performer.End(performer.Running[0], "once");
        world.Shell.Turn();

        world.Journal.Commit(world.Shell.TakeBatch()!);
        world.Shell.Committed(new CommitResult.Failed("fsync"));
        world.Settle();

        Assert.Equal("started run-1, 1 Known once", world.Result(run));
        Assert.Equal(2, world.Journal.Records(run.Row, 0, 10).Count);
    }

    [Fact]
    public void A_commit_of_unknown_fate_that_is_not_there_is_made_again()
    {
        var performer = new HandPerformer("read");
        var world = new World([performer]);
        var run = world.Run("ask read one");
        performer.End(performer.Running[0], "once");
        world.Shell.Turn();

        Assert.NotNull(world.Shell.TakeBatch());
        world.Shell.Committed(new CommitResult.Failed("fsync"));
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        world.Settle();

        Assert.Equal("started run-1, 1 Known once", world.Result(run));
    }

    [Fact]
    public void Timers_set_in_a_failed_commit_are_set_again()
    {
        var world = new World([]);
        world.Submit("sleep 5\nsleep 5");
        world.Shell.Turn();
        Assert.NotNull(world.Shell.TakeBatch());
        world.Shell.Committed(_full);

        for (var i = 0; i < 3; i++)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(6));
            world.Settle();
        }

        Assert.Equal("DONE", world.Journal.Find("run-1")!.State);
    }
}

using Cairn.Engine.Journals;
using Cairn.Engine.Runs;
using Cairn.Engine.Shells;

namespace Cairn.Engine.Tests.Shells;

public sealed class FairnessTests
{
    [Fact]
    public void A_spinning_run_does_not_starve_a_small_one()
    {
        var world = new World([new HandPerformer("echo") { Echoes = true }]);
        world.Submit("spin 2000000000", "spinner");
        world.Shell.Turn();
        var small = world.Submit("ask echo a\nask echo b\nask echo c", "small");

        var turns = Turns(world, () => !world.Head(small).IsOpen, limit: 40);

        Assert.InRange(turns, 1, 20);
    }

    [Fact]
    public void A_run_ten_thousand_wide_does_not_starve_a_small_one()
    {
        var world = new World([new HandPerformer("echo") { Echoes = true }]);
        var wide = world.Submit("fan echo 10000", "wide");
        world.Shell.Turn();
        var small = world.Submit("ask echo a\nask echo b\nask echo c", "small");

        var turns = Turns(world, () => !world.Head(small).IsOpen, limit: 60);

        Assert.InRange(turns, 1, 30);
        Assert.True(world.Head(wide).IsOpen);
        world.Settle();
        Assert.Equal("DONE", world.Head(wide).State);
    }

    [Fact]
    public void What_a_wide_run_asks_for_reaches_its_queue_in_slices()
    {
        var performer = new HandPerformer("task");
        var world = new World([performer], options: new ShellOptions { TurnVisits = 10 });
        world.Submit("fan task 1000", "wide");
        world.Shell.Turn();
        world.CommitOne();
        var small = world.Submit("ask task x", "small");

        world.Shell.Turn();
        world.CommitOne();
        world.Shell.Turn();

        Assert.Contains(performer.Running, order => order.RunId == small.Id);
        Assert.InRange(performer.Running.Count, 2, 60);
        world.Settle();
        Assert.Equal(1001, performer.Running.Count);
    }

    [Fact]
    public void A_gang_is_not_cut_by_a_slice()
    {
        var performer = new HandPerformer("task") { Capacity = 30 };
        var world = new World([performer], options: new ShellOptions { TurnVisits = 10 });

        world.Run("gang task 30");

        Assert.Equal(30, performer.Running.Count);
    }

    [Fact]
    public void What_ends_at_once_joins_the_next_commit()
    {
        var world = new World([new HandPerformer("echo") { Echoes = true }]);
        var run = world.Submit("ask echo a\nask echo b\nask echo c");

        var turns = Turns(world, () => !world.Head(run).IsOpen, limit: 10);

        Assert.Equal(4, turns);
    }

    [Fact]
    public void A_wide_run_has_only_its_share_of_a_commit_that_others_use()
    {
        var performer = new HandPerformer("task");
        var world = new World([performer]);
        var wide = world.Submit("fan task 500", "wide");
        world.Submit("ask task x", "small");
        world.Settle();
        foreach (var order in performer.Running.ToArray().Reverse()) performer.End(order, "");

        world.Shell.Turn();
        var shared = world.Shell.TakeBatch()!;
        world.Shell.Committed(world.Journal.Commit(shared));
        world.Settle();

        Assert.Equal(new ShellOptions().BatchShare, shared.Records.Count(record => record.Run == wide.Row));
        Assert.Equal("DONE", world.Head(wide).State);
    }

    [Fact]
    public void Runs_take_turns_at_a_performer_with_little_room()
    {
        var performer = new HandPerformer("task") { Capacity = 0 };
        var world = new World([performer]);
        world.Submit("fan task 3", "a");
        world.Submit("fan task 3", "b");
        world.Settle();
        performer.Capacity = 1;
        world.Shell.Post(new Intake.Freed("task"));
        world.Settle();
        while (performer.Running.Count > 0)
        {
            performer.End(performer.Running[0], "");
            world.Settle();
        }

        Assert.Equal(["a-1", "b-1", "a-1", "b-1", "a-1", "b-1"], performer.Calls.Select(call =>
            call.Split(' ', '/')[1]));
    }

    [Fact]
    public void A_gang_starts_whole_or_not_at_all_and_what_fits_behind_it_goes_ahead()
    {
        var performer = new HandPerformer("task") { Capacity = 3 };
        var world = new World([performer]);
        world.Submit("fan task 2", "first");
        world.Settle();
        world.Submit("gang task 3", "gang");
        world.Submit("ask task x", "small");
        world.Settle();
        Assert.Equal(["first-1", "first-1", "small-1"], performer.Running.Select(order => order.RunId));

        foreach (var order in performer.Running.ToArray())
        {
            performer.End(order, "");
            world.Settle();
        }

        Assert.Equal(["gang-1", "gang-1", "gang-1"], performer.Running.Select(order => order.RunId));
    }

    [Fact]
    public void A_large_gang_is_not_starved_by_small_ones_for_ever()
    {
        var performer = new HandPerformer("task") { Capacity = 2 };
        var world = new World([performer]);
        world.Submit("fan task 2", "first");
        world.Settle();
        world.Submit("gang task 2", "gang");
        world.Submit("fan task 1000", "small");
        world.Settle();

        var ended = 0;
        while (!performer.Running.Any(order => order.RunId == "gang-1"))
        {
            performer.End(performer.Running[0], "");
            world.Settle();
            Assert.InRange(++ended, 0, Lane.PassedOverLimit + 10);
        }
    }

    [Fact]
    public void A_larger_priority_is_handed_out_first()
    {
        var lane = new Lane("task", "");
        var run = new LiveRun(new RunHead(1, new RunUid(1), "a-1", "script", 1));
        lane.Add(new Gang(run, [1], priority: 0));
        lane.Add(new Gang(run, [2], priority: 5));
        lane.Add(new Gang(run, [3], priority: 5));

        Assert.Equal([2L, 3L, 1L], lane.Candidates(10).Select(gang => gang.Effects[0]));
    }

    [Fact]
    public void A_submit_beyond_the_limit_is_refused()
    {
        var world = new World([], options: new ShellOptions { OpenRuns = 1 });
        world.Submit("signal");
        CommitResult? answer = null;

        world.Shell.Post(new Intake.Submit(
            new NewRun(new RunUid(9), "b", "script", "end"u8.ToArray(), default), done => answer = done));
        world.Settle();

        Assert.Equal(new CommitResult.Refused("too many runs waiting", IsLimit: true), answer);
    }

    private static int Turns(World world, Func<bool> isDone, int limit)
    {
        for (var turns = 1; turns <= limit; turns++)
        {
            world.Shell.Turn();
            world.CommitOne();
            if (isDone()) return turns;
        }

        return int.MaxValue;
    }
}

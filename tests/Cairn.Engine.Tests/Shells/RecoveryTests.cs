using Cairn.Engine.Effects;
using Cairn.Engine.Journals.Sqlite;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;
using Cairn.Engine.Shells;
using Cairn.Engine.Tests.Journals;

namespace Cairn.Engine.Tests.Shells;

public sealed class RecoveryTests
{
    [Fact]
    public void A_repeatable_effect_is_started_again_after_a_crash()
    {
        var performer = new HandPerformer("read");
        var world = new World([performer]);
        var run = world.Run("ask read x");

        world.Crash();
        world.Settle();
        performer.End(performer.Running[^1], "x");
        world.Settle();

        Assert.Equal(["start run-1/1#1", "start run-1/1#1"], performer.Calls);
        Assert.Equal("started run-1, 1 Known x", world.Result(run));
    }

    [Fact]
    public void An_effect_that_can_be_found_is_recovered_with_its_handle()
    {
        var performer = new HandPerformer("task", RecoveryClass.Reattach);
        var world = new World([performer]);
        var run = world.Run("ask task x");
        performer.Accept(performer.Running[0], "pid 7");
        world.Settle();

        world.Crash();
        world.Settle();
        performer.End(performer.Running[^1], "ok");
        world.Settle();

        Assert.Equal(["start run-1/1#1", "recover pid 7 run-1/1#1"], performer.Calls);
        Assert.Equal("DONE", world.Head(run).State);
    }

    [Fact]
    public void Of_many_waiting_tasks_only_those_handed_out_are_recovered()
    {
        var performer = new HandPerformer("task", RecoveryClass.Reattach) { Capacity = 2 };
        var world = new World([performer]);
        world.Run("fan task 50");

        world.Crash(performer.Calls.Clear);

        Assert.Equal(["recover without handle run-1/1#1", "recover without handle run-1/2#1"], performer.Calls);
    }

    [Fact]
    public void An_issued_mark_is_committed_before_a_task_is_started()
    {
        var performer = new HandPerformer("task", RecoveryClass.Reattach);
        var world = new World([performer]);
        world.Submit("ask task x");
        world.Shell.Turn();
        world.CommitOne();

        world.Shell.Turn();
        world.Shell.Turn();
        Assert.Empty(performer.Calls);
        world.CommitOne();

        Assert.Equal(["start run-1/1#1"], performer.Calls);
    }

    [Fact]
    public void An_ambiguous_effect_that_was_started_ends_as_unknown_after_a_crash()
    {
        var performer = new HandPerformer("http", RecoveryClass.Ambiguous);
        var world = new World([performer]);
        var run = world.Run("ask http x");

        world.Crash(performer.Calls.Clear);
        world.Settle();

        Assert.Empty(performer.Calls);
        Assert.Equal("started run-1, 1 Unknown", world.Result(run));
    }

    [Fact]
    public void A_run_goes_on_from_its_snapshot_and_the_records_after_it()
    {
        var performer = new HandPerformer("read");
        var world = new World([performer], options: new ShellOptions { SnapshotBytes = 200 });
        var run = world.Run(string.Join('\n', Enumerable.Repeat("ask read x", 9)));
        for (var i = 0; i < 8; i++)
        {
            performer.End(performer.Running[0], $"{i}");
            world.Settle();
        }

        Assert.NotNull(world.Journal.Snapshot(run.Row));
        world.Crash(performer.Running.Clear);
        world.Settle();
        performer.End(performer.Running[0], "8");
        world.Settle();

        Assert.EndsWith("8 Known 7, 9 Known 8", world.Result(run), StringComparison.Ordinal);
    }

    [Fact]
    public void Evicted_runs_come_back_when_something_happens_to_them()
    {
        var performer = new HandPerformer("read");
        var world = new World([performer], options: new ShellOptions { LoadedRuns = 2 });
        var runs = Enumerable.Range(0, 20).Select(_ => world.Submit("ask read x\nsleep 5")).ToArray();
        world.Settle();

        foreach (var order in performer.Running.ToArray()) performer.End(order, "x");
        world.Settle();
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        world.Settle();

        Assert.All(runs, run => Assert.Equal("DONE", world.Head(run).State));
    }

    [Fact]
    public void A_replay_that_asks_for_something_else_parks_the_run_as_diverged_until_the_code_is_right_again()
    {
        var performer = new HandPerformer("read");
        var world = new World([performer]);
        var run = world.Run("ask read x");
        world.Family.Patch = text => text.Replace('x', 'y');

        world.Crash(performer.Running.Clear);
        world.Settle();

        var head = world.Head(run);
        Assert.Equal(Parked.Diverged, head.Parked);
        Assert.Contains("record 1, command 2: the journal holds ask 1 of kind read", head.ParkMessage,
            StringComparison.Ordinal);

        world.Send(run, InboxKind.Resume, "too early");
        world.Settle();
        Assert.Equal(Parked.Diverged, world.Head(run).Parked);

        world.Family.Patch = text => text;
        world.Send(run, InboxKind.Resume, "now");
        world.Settle();
        performer.End(performer.Running[^1], "x");
        world.Settle();
        Assert.Equal("started run-1, 1 Known x", world.Result(run));
    }

    [Fact]
    public void A_changed_byte_in_a_record_breaks_its_chain()
    {
        using var folder = new TemporaryFolder();
        using var journal = SqliteJournal.Open(folder.File("journal.db"));
        var world = new World([new HandPerformer("read")], journal);
        world.Run("ask read x");
        using (var vandal = new Database(folder.File("journal.db"), create: false, vfs: null))
            vandal.Run("UPDATE records SET payload = CAST(payload || x'00' AS BLOB) WHERE place & 0xffffffff = 1");

        var damage = Assert.Throws<Cairn.Engine.Records.JournalDamagedException>(() => world.Crash());

        Assert.Contains("record 1 of run run-1", damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sqlite_journal_carries_a_run_over_a_crash()
    {
        using var folder = new TemporaryFolder();
        var performer = new HandPerformer("read");
        using var journal = SqliteJournal.Open(folder.File("journal.db"));
        var world = new World([performer], journal);
        var run = world.Run($"ask read {new string('x', 100_000)}\nask read two");

        world.Crash(performer.Running.Clear);
        world.Settle();
        Assert.Equal(100_000, performer.Running[0].Ask.Request.Length);
        performer.End(performer.Running[0], "one");
        world.Settle();
        performer.End(performer.Running[0], "two");
        world.Settle();

        Assert.Equal("started run-1, 1 Known one, 2 Known two", world.Result(run));
    }
}

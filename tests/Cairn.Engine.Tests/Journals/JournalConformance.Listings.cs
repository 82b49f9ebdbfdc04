using System.Text;
using Cairn.Engine.Journals;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Tests.Journals;

/// <summary>Listings, and what pruning takes.</summary>
public abstract partial class JournalConformance
{
    [Fact]
    public void Listings_filter_by_every_part_that_is_given()
    {
        var one = Create(New(1, "a") with { Labels = [new("team", "x"), new("gpu", "0")] });
        var two = Create(New(2, "b") with { Labels = [new("team", "x")] });
        End(two, _day);

        Assert.Equal([one.Row, two.Row], Rows(new RunFilter { Labels = [new("team", "x")] }));
        Assert.Equal([one.Row], Rows(new RunFilter { Labels = [new("team", "x"), new("gpu", "0")] }));
        Assert.Equal([two.Row], Rows(new RunFilter { Name = "b" }));
        Assert.Equal([two.Row], Rows(new RunFilter { State = "DONE" }));
        Assert.Equal([two.Row], Rows(new RunFilter { Outcome = Outcome.Succeeded }));
        Assert.Equal([one.Row], Rows(new RunFilter { OnlyUnfinished = true }));
        Assert.Equal([two.Row], Rows(new RunFilter { AfterRow = one.Row }));
        Assert.Equal([one.Row], Rows(new RunFilter { Limit = 1 }));
        Assert.Empty(Rows(new RunFilter { Since = _day.AddTicks(1) }));
    }

    [Fact]
    public void An_ended_run_with_live_effects_is_unfinished_and_is_not_pruned()
    {
        var run = Create(New(1));
        End(run, _day, live: 1);

        Assert.Equal([run.Row], Rows(new RunFilter { OnlyUnfinished = true }));
        Assert.False(Journal.Prune(run.Uid));
        Assert.Empty(Journal.Prune(_day.AddYears(1), 10));
    }

    [Fact]
    public void Pruning_takes_old_ended_runs_with_all_their_rows_and_leaves_the_rest()
    {
        var (old, young, open) = (Create(New(1)), Create(New(2)), Create(New(3)));
        foreach (var run in new[] { old, young, open })
        {
            var batch = new Batch();
            batch.Records.Add(new RecordRow(run.Row, 1, new byte[] { 1 }, 1));
            batch.Snapshots.Add(new SnapshotRow(run.Row, 1, new byte[] { 1 }));
            Journal.Commit(batch);
        }

        End(old, _day);
        End(young, _day.AddDays(2));

        Assert.Equal([old.Id], Journal.Prune(_day.AddDays(1), 10));
        Assert.Equal([young.Row, open.Row], Rows(new RunFilter()));
        Assert.Empty(Journal.Records(old.Row, 0, 10));
        Assert.Null(Journal.Snapshot(old.Row));
        Assert.False(Journal.Prune(open.Uid));
        Assert.Single(Journal.Records(open.Row, 0, 10));
        Assert.Equal("definition", Encoding.UTF8.GetString(Journal.Definition(open).Span));
    }
}

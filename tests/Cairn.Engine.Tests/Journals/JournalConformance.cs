using System.Text;
using Cairn.Engine.Journals;
using Cairn.Engine.Programs;
using Cairn.Engine.Records;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Tests.Journals;

/// <summary>What every journal promises; each journal's test class inherits it whole.</summary>
public abstract partial class JournalConformance : IDisposable
{
    private static readonly DateTimeOffset _day = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private IJournal? _journal;

    protected IJournal Journal => _journal ??= Make();

    protected abstract IJournal Make();

    [Fact]
    public void Commit_numbers_go_up_by_one()
    {
        Assert.Equal(0, Journal.LastCommit());
        Assert.Equal(new CommitResult.Committed(1), Journal.Commit(Creating(New(1))));
        Assert.Equal(new CommitResult.Committed(2), Journal.Commit(Creating(New(2))));
        Assert.Equal(2, Journal.LastCommit());
    }

    [Fact]
    public void An_id_is_one_more_than_the_largest_ever_used_for_the_name()
    {
        var first = Create(New(1, "vda"));
        var other = Create(New(2, "scene"));
        Assert.Equal(("vda-1", "scene-1"), (first.Id, other.Id));
        End(first, _day);
        Assert.True(Journal.Prune(first.Uid));

        Assert.Equal("vda-2", Create(New(3, "vda")).Id);
    }

    [Fact]
    public void A_run_created_twice_under_one_uid_exists_once()
    {
        Create(New(7));
        Journal.Commit(Creating(New(7)));

        Assert.Single(Journal.List(new RunFilter()));
    }

    [Fact]
    public void A_run_is_found_by_id_and_by_uid_with_all_that_it_was_created_with()
    {
        var made = Create(New(5, "a-name") with
        {
            Labels = [new("z", "1"), new("a", "2")],
            Arguments = "{}"u8.ToArray()
        });

        var byId = Journal.Find("a-name-1");
        var byUid = Journal.Find(new RunUid(5).ToString());

        Assert.NotNull(byId);
        Assert.Equal(made.Row, byUid!.Row);
        Assert.Equal(["a=2", "z=1"], byId.Labels.Select(label => $"{label.Key}={label.Value}"));
        Assert.Equal("{}", Encoding.UTF8.GetString(byId.Arguments.Span));
        Assert.Equal((_day, "test", 3), (byId.Created, byId.Kind, byId.Version));
        Assert.Equal("definition", Encoding.UTF8.GetString(Journal.Definition(byId).Span));
        Assert.True(Journal.List(new RunFilter()).Single().Arguments.IsEmpty);
        Assert.Null(Journal.Find("a-name-01"));
        Assert.Null(Journal.Find("nothing"));
    }

    [Fact]
    public void A_head_is_shown_as_last_written()
    {
        var run = Create(New(1));
        var head = run with
        {
            Started = _day,
            Ended = _day.AddHours(1),
            State = "FAILED_STUCK",
            Outcome = Outcome.Failed,
            Live = 2,
            Parked = Parked.Stuck,
            ParkMessage = "why",
            Incarnation = 4,
            Result = "[1]"u8.ToArray(),
            Arguments = default,
        };
        var batch = new Batch();
        batch.Heads[run.Row] = head;
        Journal.Commit(batch);

        var read = Journal.Find(run.Row)!;

        Assert.Equal("[1]", Encoding.UTF8.GetString(read.Result.Span));
        Assert.Equal(
            (_day, _day.AddHours(1), "FAILED_STUCK", Outcome.Failed, 2, Parked.Stuck, "why", 4),
            (read.Started!.Value, read.Ended!.Value, read.State, read.Outcome, read.Live, read.Parked, read.ParkMessage,
                read.Incarnation));
        Assert.True(Journal.List(new RunFilter()).Single().Result.IsEmpty);
    }

    [Fact]
    public void Records_come_back_in_order_from_where_one_asks()
    {
        var (one, two) = (Create(New(1)), Create(New(2)));
        var batch = new Batch();
        for (var seq = 1; seq <= 5; seq++)
        {
            batch.Records.Add(new RecordRow(one.Row, seq, new byte[] { 1, (byte)seq }, (UInt128)seq << 100));
            batch.Records.Add(new RecordRow(two.Row, seq, new byte[] { 2, (byte)seq }, 0));
        }

        Journal.Commit(batch);

        var read = Journal.Records(one.Row, after: 2, limit: 2);
        Assert.Equal([3L, 4L], read.Select(row => row.Sequence));
        Assert.Equal([1, 3], read[0].Payload.ToArray());
        Assert.Equal((UInt128)4 << 100, read[1].Chain);
        Assert.Empty(Journal.Records(one.Row, after: 5, limit: 2));
        Assert.Empty(Journal.Records(999, after: 0, limit: 2));
    }

    [Fact]
    public void The_newest_snapshot_counts()
    {
        var run = Create(New(1));
        Assert.Null(Journal.Snapshot(run.Row));
        foreach (var seq in new[] { 3, 9 })
        {
            var batch = new Batch();
            batch.Snapshots.Add(new SnapshotRow(run.Row, seq, new[] { (byte)seq }));
            Journal.Commit(batch);
        }

        var snapshot = Journal.Snapshot(run.Row)!;
        Assert.Equal((9, (byte)9), (snapshot.Sequence, snapshot.Payload.Span[0]));
    }

    [Fact]
    public void An_inbox_row_is_unique_on_run_and_key_also_after_it_was_taken()
    {
        var (one, two) = (Create(New(1)), Create(New(2)));
        Journal.Commit(Sending(one, "k", "first"));
        Journal.Commit(Sending(one, "k", "second"));
        Journal.Commit(Sending(two, "k", "other run"));

        var rows = Journal.Inbox(0, 10);
        Assert.Equal(["first", "other run"], rows.Select(row => Encoding.UTF8.GetString(row.Item.Payload.Span)));
        var batch = new Batch();
        batch.Taken.Add(rows[0].Position);
        Journal.Commit(batch);
        Journal.Commit(Sending(one, "k", "third"));

        Assert.Equal(two.Row, Assert.Single(Journal.Inbox(0, 10)).Run);
    }

    [Fact]
    public void The_inbox_is_read_on_from_a_position()
    {
        var run = Create(New(1));
        foreach (var key in new[] { "a", "b", "c" }) Journal.Commit(Sending(run, key, key));

        var first = Journal.Inbox(0, 2);

        Assert.Equal(["a", "b"], first.Select(row => row.Item.Key));
        Assert.Equal(["c"], Journal.Inbox(first[1].Position, 2).Select(row => row.Item.Key));
    }

    [Fact]
    public void Something_sent_to_a_run_that_is_not_there_is_dropped()
    {
        var batch = new Batch();
        batch.Sent.Add((77, new InboxItem("k", InboxKind.Signal, default)));
        Journal.Commit(batch);

        Assert.Empty(Journal.Inbox(0, 10));
    }

    [Fact]
    public void A_large_value_is_kept_once_by_its_hash_until_no_run_needs_it()
    {
        var (one, two) = (Create(New(1)), Create(New(2)));
        var value = new byte[100_000];
        value[500] = 1;
        var hash = ContentHash.Of(value);
        foreach (var run in new[] { one, two })
        {
            var batch = new Batch();
            batch.Blobs.Add(new BlobRow(run.Row, hash, value));
            batch.Records.Add(new RecordRow(run.Row, 1, new byte[] { 1 }, 1));
            Journal.Commit(batch);
            End(run, _day);
        }

        Journal.Prune(one.Uid);
        Assert.Equal(value, Journal.Blob(hash).ToArray());
        Journal.Prune(two.Uid);
        Assert.Throws<JournalDamagedException>(() => Journal.Blob(hash));
    }

    [Fact]
    public void A_batch_that_only_drops_rows_is_never_held_to_be_there()
    {
        var run = Create(New(1));
        Journal.Commit(Sending(run, "late", ""));
        var batch = new Batch();
        batch.Taken.Add(Journal.Inbox(0, 10)[0].Position);

        Assert.False(Journal.Holds(batch));
    }

    [Fact]
    public void Whether_a_batch_is_there_can_be_asked_after_a_commit_of_unknown_fate()
    {
        var run = Create(New(1));
        var batch = new Batch();
        batch.Records.Add(new RecordRow(run.Row, 1, new byte[] { 1 }, 42));

        Assert.False(Journal.Holds(batch));
        Assert.False(Journal.Holds(Creating(New(9))));
        Assert.False(Journal.Holds(Sending(run, "k", "")));
        Journal.Commit(batch);
        Journal.Commit(Sending(run, "k", ""));

        Assert.True(Journal.Holds(batch));
        Assert.True(Journal.Holds(Creating(New(1))));
        Assert.True(Journal.Holds(Sending(run, "k", "")));
        Assert.Null(Journal.Reopen());
        Assert.True(Journal.Holds(batch));
    }

    public void Dispose()
    {
        _journal?.Dispose();
        Clean();
        GC.SuppressFinalize(this);
    }

    protected static NewRun New(int uid, string name = "run") =>
        new(new RunUid((UInt128)uid), name, "test", "definition"u8.ToArray(), default) { Version = 3 };

    protected static Batch Creating(NewRun run)
    {
        var batch = new Batch();
        batch.Created.Add((run, _day));
        return batch;
    }

    protected virtual void Clean()
    {
    }

    protected RunHead Create(NewRun run)
    {
        Assert.IsType<CommitResult.Committed>(Journal.Commit(Creating(run)));
        return Journal.Find(run.Uid.ToString())!;
    }

    private static Batch Sending(RunHead run, string key, string payload)
    {
        var batch = new Batch();
        batch.Sent.Add((run.Row, new InboxItem(key, InboxKind.Signal, Encoding.UTF8.GetBytes(payload))));
        return batch;
    }

    private void End(RunHead run, DateTimeOffset at, int live = 0)
    {
        var batch = new Batch();
        batch.Heads[run.Row] = run with
        {
            Started = at,
            Ended = at,
            State = "DONE",
            Outcome = Outcome.Succeeded,
            Live = live,
        };
        Journal.Commit(batch);
    }

    private long[] Rows(RunFilter filter) => [.. Journal.List(filter).Select(run => run.Row)];
}

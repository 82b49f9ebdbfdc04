using Cairn.Engine.Journals;
using Cairn.Engine.Journals.Sqlite;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Tests.Journals;

public sealed class SqliteJournalTests : JournalConformance
{
    private readonly TemporaryFolder _folder = new();

    private string JournalFile => _folder.File("journal.db");

    [Fact]
    public void What_was_committed_is_there_when_it_is_opened_again()
    {
        var run = Create(New(1));
        Journal.Dispose();

        using var again = SqliteJournal.Open(JournalFile);

        Assert.Equal(run.Id, again.Find(run.Row)!.Id);
        Assert.Equal(1, again.LastCommit());
    }

    [Fact]
    public void A_witness_ahead_of_the_journal_names_what_is_lost()
    {
        Create(New(1));
        Journal.Dispose();
        var early = File.ReadAllBytes(JournalFile);
        using (var more = SqliteJournal.Open(JournalFile))
        {
            more.Commit(Creating(New(2)));
            more.Commit(Creating(New(3)));
        }

        File.WriteAllBytes(JournalFile, early);

        var loss = Assert.Throws<JournalLossException>(() => SqliteJournal.Open(JournalFile));
        Assert.Equal((1, 3), (loss.Present, loss.Acknowledged));
        Assert.Contains("2 commits are lost", loss.Message, StringComparison.Ordinal);
        using (var reading = SqliteJournal.Open(JournalFile, new SqliteJournalOptions { ReadOnly = true }))
        {
            Assert.Single(reading.List(new RunFilter()));
            Assert.IsType<CommitResult.Refused>(reading.Commit(Creating(New(4))));
        }

        SqliteJournal.Open(JournalFile, new SqliteJournalOptions { AcceptLoss = true }).Dispose();
        SqliteJournal.Open(JournalFile).Dispose();
    }

    [Fact]
    public void A_flipped_bit_in_the_middle_of_the_log_is_found_by_the_witness()
    {
        for (var uid = 1; uid <= 20; uid++) Create(New(uid));
        var copy = _folder.File("copy.db");
        foreach (var part in new[] { "", "-wal", ".witness" }) File.Copy(JournalFile + part, copy + part);
        var log = File.ReadAllBytes(copy + "-wal");
        log[log.Length / 2] ^= 1;
        File.WriteAllBytes(copy + "-wal", log);

        var loss = Assert.Throws<JournalLossException>(() => SqliteJournal.Open(copy));

        Assert.Equal(20, loss.Acknowledged);
        Assert.InRange(loss.Present, 0, 19);
    }

    [Fact]
    public void A_torn_witness_slot_leaves_the_other_one()
    {
        Create(New(1));
        Create(New(2));
        Journal.Dispose();
        var slots = File.ReadAllBytes(JournalFile + ".witness");
        slots[3] ^= 0xff;
        File.WriteAllBytes(JournalFile + ".witness", slots);

        using var again = SqliteJournal.Open(JournalFile);

        Assert.Equal(2, again.LastCommit());
    }

    [Fact]
    public void A_newer_journal_is_refused_by_name_and_left_alone()
    {
        Journal.Dispose();
        SetVersion(Migrator.Newest + 1);

        var refused = Assert.Throws<JournalRefusedException>(() => SqliteJournal.Open(JournalFile));

        Assert.Contains($"has version {Migrator.Newest + 1}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("newer", refused.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_of_somebody_else_is_refused()
    {
        using (var other = new Database(JournalFile, create: true, vfs: null)) other.Run("CREATE TABLE mine (x)");

        Assert.Contains(
            "is not a journal of cairn",
            Assert.Throws<JournalRefusedException>(() => SqliteJournal.Open(JournalFile)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_of_every_older_version_is_brought_to_the_newest()
    {
        for (var version = 0; version <= Migrator.Newest; version++)
        {
            var path = _folder.File($"v{version}.db");
            using (var old = new Database(path, create: true, vfs: null)) Migrator.Migrate(old, path, version);

            using var opened = SqliteJournal.Open(path);

            Assert.IsType<CommitResult.Committed>(opened.Commit(Creating(New(1))));
        }
    }

    [Fact]
    public void Two_processes_may_create_runs_in_one_journal()
    {
        Create(New(1));
        using var other = SqliteJournal.Open(JournalFile);
        var before = other.ChangeCount();

        Create(New(2));

        Assert.NotEqual(before, other.ChangeCount());
        Assert.IsType<CommitResult.Committed>(other.Commit(Creating(New(3))));
        Assert.Equal("run-3", Journal.Find(new RunUid(3).ToString())!.Id);
        Assert.Equal(3, Journal.LastCommit());
    }

    [Fact]
    public void A_full_disk_is_no_space_and_nothing_of_the_batch_is_there()
    {
        using var journal = SqliteJournal.Open(JournalFile, new SqliteJournalOptions { MaxPages = 60 });
        var batch = Creating(New(1) with { Definition = new byte[400_000] });

        Assert.IsType<CommitResult.NoSpace>(journal.Commit(batch));

        Assert.False(journal.Holds(batch));
        Assert.IsType<CommitResult.Committed>(journal.Commit(Creating(New(2))));
    }

    protected override IJournal Make() => SqliteJournal.Open(JournalFile);

    protected override void Clean() => _folder.Dispose();

    private void SetVersion(int version)
    {
        using var database = new Database(JournalFile, create: false, vfs: null);
        database.Run($"PRAGMA user_version = {version}");
    }
}

using Cairn.Engine.Journals;
using Cairn.Engine.Journals.Sqlite;
using Cairn.Engine.Programs;
using Cairn.Engine.Records;
using Cairn.Engine.Replays;
using Cairn.Engine.Runs;
using Cairn.Simulation.Scripts;

namespace Cairn.Simulation.Disk;

/// <summary>Opens what a crash left with the real journal and holds it against what the live one said.</summary>
internal sealed class ImageCheck(RecordedRun recorded, string folder)
{
    private static readonly ProgramFamilies s_families = new([new ScriptFamily()]);

    /// <summary>
    /// What is wrong with the image; null: every acknowledged commit is there, the journal is exactly as it was after
    /// its last commit, all chains hold, and it can be written again. <paramref name="mayLose"/>: the disk was damaged,
    /// and a loss is right as long as it is named.
    /// </summary>
    public string? Fault(DiskImage image, long acknowledged, bool mayLose = false)
    {
        image.WriteTo(folder);
        var path = Path.Combine(folder, RecordedRun.FileName);
        try
        {
            using var journal = SqliteJournal.Open(path, RecordedRun.Options);
            return journal.LastCommit() < acknowledged
                ? $"commit {acknowledged} was acknowledged, {journal.LastCommit()} is the last, and nobody said so"
                : Fault(journal);
        }
        catch (JournalLossException loss) when (mayLose)
        {
            if (loss.Acknowledged < acknowledged) return $"{acknowledged} was acknowledged, but: {loss.Message}";
            return AcceptedFault(path, loss);
        }
        catch (Exception e) when (mayLose && e is JournalRefusedException or JournalDamagedException)
        {
            // Named, and nothing goes on: as good as a loss can be told.
            return null;
        }
        catch (Exception e)
        {
            return $"the journal cannot be opened: {e}";
        }
    }

    /// <summary>
    /// After a loss that the user accepted the journal holds together, but it need not be what it was after any one
    /// commit: a checkpoint may have carried newer pages into the file. Every run loads, or says that it is damaged.
    /// </summary>
    private static string? AcceptedFault(string path, JournalLossException loss)
    {
        SqliteJournal journal;
        try
        {
            journal = SqliteJournal.Open(path, RecordedRun.Options with { AcceptLoss = true });
        }
        catch (JournalRefusedException)
        {
            // What is left does not hold together, and is refused by name.
            return null;
        }

        using (journal)
        {
            var last = journal.LastCommit();
            return last == loss.Present ? AcceptedFault(journal) : $"accepted at {last}: {loss.Message}";
        }
    }

    private static string? AcceptedFault(SqliteJournal journal)
    {
        foreach (var run in journal.List(new RunFilter()))
        {
            try
            {
                new RunLoader(journal, s_families).Load(run);
            }
            catch (JournalDamagedException)
            {
                // Named, run by run.
            }
        }

        return NextFault(journal);
    }

    private string? Fault(SqliteJournal journal)
    {
        var last = journal.LastCommit();
        if (!recorded.Digests.TryGetValue(last, out var expected)) return $"commit {last} was never made";
        if (JournalDigest.Of(journal) != expected) return $"it is not what it was after commit {last}";
        foreach (var run in journal.List(new RunFilter()))
            if (new RunLoader(journal, s_families).Load(run).Divergence is { } divergence)
                return $"{run.Id}: {divergence}";
        return NextFault(journal);
    }

    private static string? NextFault(SqliteJournal journal)
    {
        var last = journal.LastCommit();
        var batch = new Batch();
        var again = new NewRun(
            new RunUid(UInt128.MaxValue), "after", "script", "(seq)"u8.ToArray(), default)
        { Version = 1 };
        batch.Created.Add((again, DateTimeOffset.UnixEpoch));
        var next = journal.Commit(batch);
        return next is CommitResult.Committed { Number: var number } && number == last + 1
            ? null
            : $"the next commit after {last} was answered with {next}";
    }
}

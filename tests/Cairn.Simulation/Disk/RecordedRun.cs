using Cairn.Engine.Journals;
using Cairn.Engine.Journals.Sqlite;
using Cairn.Simulation.PlantedBugs;
using Cairn.Simulation.Runs;

namespace Cairn.Simulation.Disk;

/// <summary>
/// A playthrough on the SQLite journal with everything written down: what reached the disk in which order, which
/// commits
/// were acknowledged when, and what the journal held after each.
/// </summary>
internal sealed class RecordedRun
{
    /// <summary>The journal's file.</summary>
    public const string FileName = "journal.db";

    /// <summary>The file of the last acknowledged commit.</summary>
    public const string WitnessName = FileName + ".witness";

    private RecordedRun(IReadOnlyList<DiskOperation> operations, SortedDictionary<long, string> digests) =>
        (Operations, Digests) = (operations, digests);

    /// <summary>What was done to the folder.</summary>
    public IReadOnlyList<DiskOperation> Operations { get; }

    /// <summary>What the journal held after each commit; 0: before the first.</summary>
    public SortedDictionary<long, string> Digests { get; }

    /// <summary>The journal's small log is carried into its file every few commits, so that crashes meet that
    /// too.</summary>
    public static SqliteJournalOptions Options { get; } = new() { CheckpointPages = 24 };

    /// <summary>Plays a plan in a folder.</summary>
    public static RecordedRun Play(Plan plan, string folder)
    {
        var log = new DiskLog(folder, WitnessName);
        RecordingVfs.Record(log);
        SortedDictionary<long, string> digests = [];
        using (var journal = SqliteJournal.Open(Path.Combine(folder, FileName), Options))
        {
            digests[journal.LastCommit()] = JournalDigest.Of(journal);
            var verdict = Playthrough.Run(plan, out var trace, kept: new Acknowledging(journal, log, digests));
            Assert.True(verdict.Broken is null, $"{verdict.Broken}\n{trace.Last(60)}");
        }

        RecordingVfs.Release(log);
        return new RecordedRun(log.Operations, digests);
    }

    private sealed class Acknowledging(IJournal inner, DiskLog log, SortedDictionary<long, string> digests)
        : JournalDecorator(inner)
    {
        public override CommitResult Commit(Batch batch)
        {
            var result = Inner.Commit(batch);
            if (result is not CommitResult.Committed committed) return result;
            log.Acknowledge(committed.Number);
            digests[committed.Number] = JournalDigest.Of(Inner);
            return result;
        }
    }
}

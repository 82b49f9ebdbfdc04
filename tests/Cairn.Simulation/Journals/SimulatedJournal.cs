using Cairn.Engine.Journals;
using Cairn.Engine.Records;
using Cairn.Engine.Runs;
using Cairn.Simulation.Seeds;
using Cairn.Simulation.Worlds;

namespace Cairn.Simulation.Journals;

/// <summary>
/// The journal as one process sees it: what is committed outlives the process, the commits themselves fail, take long,
/// or are the last thing that the process does.
/// </summary>
internal sealed class SimulatedJournal(IJournal kept, Audit audit, Trace trace) : IJournal
{
    private bool _failed;
    private Batch? _failedBatch;

    /// <summary>How commits fare now.</summary>
    public required Func<DiskFaults> Weather { get; init; }

    public required Dice Dice { get; init; }

    private DiskFaults Faults => Weather();

    /// <summary>How long the next commit takes, its fsync included.</summary>
    public TimeSpan CommitTime() => Dice.PerMille(Faults.Slow)
        ? TimeSpan.FromMilliseconds(Dice.Between(10, 10_000))
        : TimeSpan.FromMicroseconds(Dice.Between(100, 5000));

    /// <summary>Whether the process dies at the next commit.</summary>
    public CrashMoment DrawCrash()
    {
        if (Dice.PerMille(Faults.CrashBefore)) return CrashMoment.BeforeCommit;
        return Dice.PerMille(Faults.CrashAfter) ? CrashMoment.AfterCommit : CrashMoment.Never;
    }

    /// <inheritdoc/>
    public CommitResult Commit(Batch batch)
    {
        if (_failed) return new CommitResult.Failed("used after a failure without being reopened");
        if (Dice.PerMille(Faults.NoSpace)) return Refused(new CommitResult.NoSpace("no space left on device"));
        if (Dice.PerMille(Faults.Busy)) return Refused(new CommitResult.Busy("database is locked"));
        if (Dice.PerMille(Faults.FailedAndLost)) return Broken("the fsync failed, the commit is lost");
        var result = kept.Commit(batch);
        if (result is not CommitResult.Committed)
        {
            _failedBatch = batch;
            return Refused(result);
        }

        audit.Committed(batch);
        trace.Add($"commit {kept.LastCommit()}: {batch.Records.Count} records, {batch.Sent.Count} sent, "
            + $"{batch.Taken.Count} taken, {batch.Created.Count} created, {batch.Snapshots.Count} snapshots");
        if (Dice.PerMille(Faults.FailedAndKept)) return Broken("the fsync failed, the commit is there");
        return result;
    }

    /// <inheritdoc/>
    public string? Reopen()
    {
        _failed = false;
        return kept.Reopen();
    }

    /// <inheritdoc/>
    public bool Holds(Batch batch)
    {
        var holds = kept.Holds(batch);

        // A real failure may have kept the commit: only now is it known.
        if (holds && ReferenceEquals(batch, _failedBatch)) audit.Committed(batch);
        return holds;
    }

    /// <inheritdoc/>
    public long LastCommit() => kept.LastCommit();

    /// <inheritdoc/>
    public IReadOnlyList<RunHead> List(RunFilter filter) => kept.List(filter);

    /// <inheritdoc/>
    public RunHead? Find(string idOrUid) => kept.Find(idOrUid);

    /// <inheritdoc/>
    public RunHead? Find(long row) => kept.Find(row);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Definition(RunHead run) => kept.Definition(run);

    /// <inheritdoc/>
    public SnapshotRow? Snapshot(long row) => kept.Snapshot(row);

    /// <inheritdoc/>
    public IReadOnlyList<RecordRow> Records(long row, long after, int limit) => kept.Records(row, after, limit);

    /// <inheritdoc/>
    public IReadOnlyList<InboxRow> Inbox(long afterPosition, int limit) => kept.Inbox(afterPosition, limit);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Blob(ContentHash hash) => kept.Blob(hash);

    /// <inheritdoc/>
    public IReadOnlyList<string> Prune(DateTimeOffset endedBefore, int limit) => kept.Prune(endedBefore, limit);

    /// <inheritdoc/>
    public bool Prune(RunUid uid) => kept.Prune(uid);

    /// <inheritdoc/>
    public void Dispose()
    {
        // What is kept outlives the process.
    }

    private CommitResult Refused(CommitResult why)
    {
        trace.Add($"commit refused: {why}");
        return why;
    }

    private CommitResult.Failed Broken(string message)
    {
        trace.Add($"commit failed: {message}");
        _failed = true;
        return new CommitResult.Failed(message);
    }
}

/// <summary>Where in a commit the process dies.</summary>
internal enum CrashMoment
{
    Never,

    /// <summary>Nothing of it is on the disk.</summary>
    BeforeCommit,

    /// <summary>It is on the disk, and nobody was told.</summary>
    AfterCommit,
}

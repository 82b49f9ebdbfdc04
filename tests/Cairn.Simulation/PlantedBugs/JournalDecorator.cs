using Cairn.Engine.Journals;
using Cairn.Engine.Records;
using Cairn.Engine.Runs;

namespace Cairn.Simulation.PlantedBugs;

/// <summary>A journal that passes everything on; a planted bug changes one answer.</summary>
internal abstract class JournalDecorator(IJournal inner) : IJournal
{
    protected IJournal Inner => inner;

    /// <inheritdoc/>
    public virtual CommitResult Commit(Batch batch) => inner.Commit(batch);

    /// <inheritdoc/>
    public virtual string? Reopen() => inner.Reopen();

    /// <inheritdoc/>
    public virtual bool Holds(Batch batch) => inner.Holds(batch);

    /// <inheritdoc/>
    public long LastCommit() => inner.LastCommit();

    /// <inheritdoc/>
    public IReadOnlyList<RunHead> List(RunFilter filter) => inner.List(filter);

    /// <inheritdoc/>
    public RunHead? Find(string idOrUid) => inner.Find(idOrUid);

    /// <inheritdoc/>
    public RunHead? Find(long row) => inner.Find(row);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Definition(RunHead run) => inner.Definition(run);

    /// <inheritdoc/>
    public virtual SnapshotRow? Snapshot(long row) => inner.Snapshot(row);

    /// <inheritdoc/>
    public IReadOnlyList<RecordRow> Records(long row, long after, int limit) => inner.Records(row, after, limit);

    /// <inheritdoc/>
    public virtual IReadOnlyList<InboxRow> Inbox(long afterPosition, int limit) => inner.Inbox(afterPosition, limit);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Blob(ContentHash hash) => inner.Blob(hash);

    /// <inheritdoc/>
    public IReadOnlyList<string> Prune(DateTimeOffset endedBefore, int limit) => inner.Prune(endedBefore, limit);

    /// <inheritdoc/>
    public bool Prune(RunUid uid) => inner.Prune(uid);

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}

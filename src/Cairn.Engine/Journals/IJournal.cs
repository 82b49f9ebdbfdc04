using Cairn.Engine.Records;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Journals;

/// <summary>
/// The append-only truth about all runs. One commit at a time; reads from any thread at any time see whole commits
/// only.
/// </summary>
public interface IJournal : IBlobs, IDisposable
{
    /// <summary>
    /// All of <paramref name="batch"/> or nothing, durable before it returns. A failure is a value, never a throw: what
    /// it means for the batch is in <see cref="CommitResult"/>.
    /// </summary>
    CommitResult Commit(Batch batch);

    /// <summary>
    /// After a failed commit: close, open again, verify. Null: it can be used again; else why not.
    /// </summary>
    string? Reopen();

    /// <summary>
    /// Whether a batch whose commit failed is there after all. A batch that only drops rows leaves no trace of itself:
    /// false, and dropping them again does no harm.
    /// </summary>
    bool Holds(Batch batch);

    /// <summary>The number of the last commit; every commit has one more.</summary>
    long LastCommit();

    /// <summary>Runs by creation, without results and arguments.</summary>
    IReadOnlyList<RunHead> List(RunFilter filter);

    /// <summary>One run by id or uid, with its result and arguments; null: there is none.</summary>
    RunHead? Find(string idOrUid);

    /// <summary>One run by its row, with its result and arguments; null: there is none.</summary>
    RunHead? Find(long row);

    /// <summary>The pinned definition of a run.</summary>
    ReadOnlyMemory<byte> Definition(RunHead run);

    /// <summary>The newest snapshot of a run; null: there is none.</summary>
    SnapshotRow? Snapshot(long row);

    /// <summary>Records after <paramref name="after"/> in order, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<RecordRow> Records(long row, long after, int limit);

    /// <summary>Inbox rows that are no events yet, of all runs, in the order of their commits.</summary>
    IReadOnlyList<InboxRow> Inbox(long afterPosition, int limit);

    /// <summary>
    /// Deletes ended runs with nothing live that ended before <paramref name="endedBefore"/>, and what only they
    /// refer to; at most
    /// <paramref name="limit"/>. Returns their ids.
    /// </summary>
    IReadOnlyList<string> Prune(DateTimeOffset endedBefore, int limit);

    /// <summary>Deletes one ended run with nothing live; false: it is open, being reaped, or not there.</summary>
    bool Prune(RunUid uid);
}

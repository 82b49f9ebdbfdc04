using Cairn.Engine.Programs;
using Cairn.Engine.Records;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Journals;

/// <summary>What one transaction of the journal writes: events of many runs, and what came from outside.</summary>
public sealed class Batch
{
    /// <summary>Events with what was asked at them.</summary>
    public List<RecordRow> Records { get; } = [];

    /// <summary>The changed heads of runs, by row; the last change counts.</summary>
    public SortedDictionary<long, RunHead> Heads { get; } = [];

    /// <summary>Snapshots; a newer one of a run replaces the one before.</summary>
    public List<SnapshotRow> Snapshots { get; } = [];

    /// <summary>Positions of inbox rows that are events of this batch.</summary>
    public List<long> Taken { get; } = [];

    /// <summary>Large values by content hash; known ones are left alone.</summary>
    public List<BlobRow> Blobs { get; } = [];

    /// <summary>Runs to create, with the time of their submission; one whose uid is known is left alone.</summary>
    public List<(NewRun Run, DateTimeOffset At)> Created { get; } = [];

    /// <summary>Inbox rows to add, by the run's row; one whose (run, key) is known is left alone.</summary>
    public List<(long Run, InboxItem Item)> Sent { get; } = [];

    /// <summary>Bytes of payloads, for the limit of a batch.</summary>
    public long Bytes { get; set; }

    /// <summary>Whether there is nothing to write.</summary>
    public bool IsEmpty =>
        Records.Count == 0 && Heads.Count == 0 && Snapshots.Count == 0 && Taken.Count == 0 && Created.Count == 0
        && Sent.Count == 0;
}

/// <summary>One row of the table of records.</summary>
/// <param name="Run">The run's row.</param>
/// <param name="Sequence">From 1 within the run.</param>
/// <param name="Payload">A record in its binary form.</param>
/// <param name="Chain">The checksum over this record and the one before.</param>
public readonly record struct RecordRow(long Run, long Sequence, ReadOnlyMemory<byte> Payload, UInt128 Chain);

/// <summary>A large value of a run's records.</summary>
/// <param name="Run">The run's row.</param>
/// <param name="Hash">SHA-256 of the content.</param>
/// <param name="Content">The value.</param>
public readonly record struct BlobRow(long Run, ContentHash Hash, ReadOnlyMemory<byte> Content);

/// <summary>A run's state after one of its records.</summary>
/// <param name="Run">The run's row.</param>
/// <param name="Sequence">The last record that is in it.</param>
/// <param name="Payload">The engine's part and the program's.</param>
public sealed record SnapshotRow(long Run, long Sequence, ReadOnlyMemory<byte> Payload);

/// <summary>Something from outside that is not an event yet.</summary>
/// <param name="Position">Its place among all, in the order of commits.</param>
/// <param name="Run">The run's row.</param>
/// <param name="Item">What came.</param>
public sealed record InboxRow(long Position, long Run, InboxItem Item);

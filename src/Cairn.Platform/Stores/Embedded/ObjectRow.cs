namespace Cairn.Platform.Stores.Embedded;

/// <summary>An object and where its bytes lie, relative to the bucket's folder.</summary>
internal sealed record ObjectRow(StoredObject Object, string Path);

/// <summary>What was answered to an effect key. <paramref name="Object"/> is null for a delete.</summary>
internal sealed record AnswerRow(string Request, long Generation, StoredObject? Object);

/// <summary>Committed work on the folder: rename <paramref name="Temp"/> to the path, or remove the path.</summary>
internal sealed record MoveRow(long Number, string? Temp, string Path);

/// <summary>Something that happened to an object of an embedded bucket; delivered only when its bytes are in
/// place.</summary>
/// <param name="Number">Grows; the position of a reader.</param>
/// <param name="Key">The object's name.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Generation">The version that was written or deleted.</param>
/// <param name="Size">Bytes; 0 for a delete.</param>
/// <param name="At">When, UTC.</param>
public sealed record StoreEvent(
    long Number, string Key, StoreEventKind Kind, long Generation, long Size, DateTimeOffset At);

/// <summary>Kinds of events of a store.</summary>
public enum StoreEventKind
{
    /// <summary>A version is complete and can be read.</summary>
    Finalized,

    /// <summary>The object is gone. No trigger fires on it (architecture 6).</summary>
    Deleted,
}

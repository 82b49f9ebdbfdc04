namespace Cairn.Platform.Stores;

/// <summary>What a store knows of one version of one object.</summary>
/// <param name="Key">Its name in the bucket.</param>
/// <param name="Generation">Grows with every version of it, never used twice in a bucket; at least 1.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal, or null where the store does not hash (`file:`, `http:`).</param>
/// <param name="Updated">When this version was written, UTC.</param>
/// <param name="Metadata">What the writer attached; sorted by name.</param>
public sealed record StoredObject(
    string Key,
    long Generation,
    long Size,
    string? Sha256,
    DateTimeOffset Updated,
    IReadOnlyList<KeyValuePair<string, string>> Metadata);

/// <summary>An object opened for reading: the bytes are those of exactly this version.</summary>
/// <param name="Object">The version.</param>
/// <param name="Stream">Its bytes; the owner disposes it.</param>
/// <param name="LocalPath">A file with the same bytes that may be linked or cloned, or null.</param>
public sealed record OpenedObject(StoredObject Object, Stream Stream, string? LocalPath) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}

/// <summary>One page of a listing.</summary>
/// <param name="Objects">In the order of their keys' UTF-8 bytes.</param>
/// <param name="Prefixes">With a delimiter: what the keys below have in common, up to and with the delimiter.</param>
/// <param name="Next">Give it as <see cref="ListQuery.After"/> for the next page; null after the last one.</param>
public sealed record ListPage(IReadOnlyList<StoredObject> Objects, IReadOnlyList<string> Prefixes, string? Next);

/// <summary>What to list.</summary>
public sealed record ListQuery
{
    /// <summary>The most that one page holds.</summary>
    public const int LargestPage = 1000;

    /// <summary>Only keys that begin with it.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Fold keys that hold it behind the prefix into one entry; null: do not fold.</summary>
    public string? Delimiter { get; init; }

    /// <summary><see cref="ListPage.Next"/> of the page before, or null.</summary>
    public string? After { get; init; }

    /// <summary>Objects and prefixes of one page, 1 to <see cref="LargestPage"/>.</summary>
    public int Limit { get; init; } = LargestPage;
}

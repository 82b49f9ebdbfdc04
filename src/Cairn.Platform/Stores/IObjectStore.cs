namespace Cairn.Platform.Stores;

/// <summary>
/// A bucket of objects. What a promise here says, tests/…/Stores/StoreConformance proves for each implementation. All
/// failures are <see cref="StoreException"/>; a condition that does not hold is an answer, not a failure.
/// </summary>
public interface IObjectStore
{
    /// <summary>The URL of the bucket without a trailing slash: `cairn://vda`.</summary>
    string Url { get; }

    /// <summary>The current version of an object, or null when there is none.</summary>
    ValueTask<StoredObject?> Stat(string key, CancellationToken cancel);

    /// <summary>Opens the current version, or null when there is none.</summary>
    ValueTask<OpenedObject?> Open(string key, CancellationToken cancel);

    /// <summary>Writes an object, durable before the answer.</summary>
    ValueTask<WriteAnswer> Put(string key, Content content, WriteTerms terms, CancellationToken cancel);

    /// <summary>
    /// Copies an object inside the bucket: counts as a put of the new name. Null when there is no source.
    /// </summary>
    ValueTask<WriteAnswer?> Copy(string from, string to, WriteTerms terms, CancellationToken cancel);

    /// <summary>Deletes an object.</summary>
    ValueTask<WriteAnswer> Delete(string key, WriteTerms terms, CancellationToken cancel);

    /// <summary>One page of a listing, strongly consistent with the writes answered before.</summary>
    ValueTask<ListPage> List(ListQuery query, CancellationToken cancel);
}

using System.Text.Json.Serialization;
using Cairn.Platform.Stores;

namespace Cairn.Cli.Commands.Store;

/// <summary>A version of an object as JSON.</summary>
/// <param name="Url">In the store's own words.</param>
/// <param name="Generation">Grows with every version.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Updated">When this version was written.</param>
/// <param name="Sha256">Hexadecimal; missing where the store does not hash.</param>
/// <param name="Metadata">What the writer attached; missing when nothing.</param>
internal sealed record ObjectDocument(
    string Url,
    long Generation,
    long Size,
    DateTimeOffset Updated,
    string? Sha256,
    IReadOnlyDictionary<string, string>? Metadata)
{
    /// <summary>An object of a bucket.</summary>
    public static ObjectDocument Of(IObjectStore store, StoredObject found) => new(
        $"{store.Url}/{found.Key}", found.Generation, found.Size, found.Updated, found.Sha256,
        found.Metadata.Count == 0 ? null : new SortedDictionary<string, string>(
            found.Metadata.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal));
}

/// <summary>What a listing shows, or what was written.</summary>
/// <param name="Objects">In the order of their names.</param>
/// <param name="Prefixes">URLs, each with a slash at its end, of which more lies below.</param>
internal sealed record ListingDocument(IReadOnlyList<ObjectDocument> Objects, IReadOnlyList<string>? Prefixes = null);

/// <summary>The stores there are.</summary>
internal sealed record StoresDocument(IReadOnlyList<StoreDocument> Stores);

/// <summary>An embedded bucket.</summary>
/// <param name="Url">`cairn://NAME`.</param>
/// <param name="Folder">Where its objects lie.</param>
/// <param name="Serves">Foreign prefixes that it answers for.</param>
internal sealed record StoreDocument(string Url, string Folder, IReadOnlyList<string> Serves);

/// <summary>What was deleted.</summary>
internal sealed record DeletionsDocument(IReadOnlyList<DeletionDocument> Deleted);

/// <summary>A version that is gone.</summary>
internal sealed record DeletionDocument(string Url, long Generation);

/// <summary>Something that happened to an object.</summary>
/// <param name="Position">Grows; give it to `--after` to read on.</param>
/// <param name="Kind">`finalized` or `deleted`.</param>
/// <param name="Url">The object.</param>
/// <param name="Generation">The version.</param>
/// <param name="Size">Bytes; 0 for a deletion.</param>
/// <param name="At">When.</param>
internal sealed record StoreEventDocument(
    long Position, string Kind, string Url, long Generation, long Size, DateTimeOffset At);

/// <summary>JSON of stores.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ListingDocument))]
[JsonSerializable(typeof(StoresDocument))]
[JsonSerializable(typeof(DeletionsDocument))]
[JsonSerializable(typeof(StoreEventDocument))]
[JsonSerializable(typeof(SortedDictionary<string, string>))]
internal sealed partial class StoreJson : JsonSerializerContext;

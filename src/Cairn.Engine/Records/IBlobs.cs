namespace Cairn.Engine.Records;

/// <summary>Where a record's large values come from.</summary>
public interface IBlobs
{
    /// <summary>The value with this hash; throws <see cref="JournalDamagedException"/> when it is not there.</summary>
    ReadOnlyMemory<byte> Blob(ContentHash hash);
}

namespace Cairn.Platform.Stores;

/// <summary>Bytes to be stored. Closed.</summary>
public abstract record Content
{
    private Content() { }

    /// <summary>Bytes at hand.</summary>
    public sealed record Bytes(ReadOnlyMemory<byte> Data) : Content;

    /// <summary>A stream, read once from where it stands to its end.</summary>
    public sealed record Streamed(Stream Source) : Content;

    /// <summary>A file, cloned where the file system can, else copied.</summary>
    /// <param name="Path">Where it lies.</param>
    /// <param name="Final">
    /// Nobody will ever write to it again, and its folder will go: it may be hard-linked into the store.
    /// </param>
    public sealed record LocalFile(string Path, bool Final = false) : Content;
}

namespace Cairn.Simulation.Disk;

/// <summary>One thing that was done to a folder, in the order in which it was done. Closed.</summary>
internal abstract record DiskOperation(string File)
{
    /// <summary>A file came into being, empty.</summary>
    public sealed record Created(string File) : DiskOperation(File);

    /// <summary>Bytes were handed to the operating system.</summary>
    public sealed record Written(string File, long Offset, byte[] Bytes) : DiskOperation(File);

    /// <summary>The file was cut or grown to a size in bytes.</summary>
    public sealed record Truncated(string File, long Size) : DiskOperation(File);

    /// <summary>An fsync returned: everything before it is on the disk.</summary>
    public sealed record Synced(string File) : DiskOperation(File);

    /// <summary>The name is gone.</summary>
    public sealed record Deleted(string File) : DiskOperation(File);

    /// <summary>A file that is written past SQLite (the witness) was seen with other content than before.</summary>
    public sealed record Seen(string File, byte[] Bytes) : DiskOperation(File);

    /// <summary>The test says: from here on this is acknowledged.</summary>
    public sealed record Acknowledged(long Number) : DiskOperation("");
}

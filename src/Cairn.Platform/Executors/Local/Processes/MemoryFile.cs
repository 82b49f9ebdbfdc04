namespace Cairn.Platform.Executors.Local.Processes;

/// <summary>
/// A file without a name, for what must not stand on a disk or in a process list: arguments with secrets in them. It is
/// gone when the last holder closes it.
/// </summary>
internal sealed class MemoryFile : IDisposable
{
    private const uint CloseOnExec = 1;
    private const int DuplicateAbove = 1030;
    private const int FirstDescriptor = 512;

    /// <summary>Holds the bytes, positioned at their start, above the descriptors that a started program is
    /// given.</summary>
    public MemoryFile(string name, ReadOnlySpan<byte> bytes)
    {
        var low = Libc.memfd_create(name, CloseOnExec);
        Descriptor = Libc.fcntl(low, DuplicateAbove, FirstDescriptor);
        Libc.close(low);
        if (Descriptor < 0)
            throw new IOException($"no memory file: {Libc.LastError()}");
        while (bytes.Length > 0)
        {
            var written = Libc.write(Descriptor, bytes, bytes.Length);
            if (written <= 0)
                throw new IOException($"no memory file: {Libc.LastError()}");
            bytes = bytes[(int)written..];
        }

        Libc.lseek(Descriptor, 0, 0);
    }

    /// <summary>Its number in this process.</summary>
    public int Descriptor { get; }

    /// <inheritdoc/>
    public void Dispose() => Libc.close(Descriptor);
}

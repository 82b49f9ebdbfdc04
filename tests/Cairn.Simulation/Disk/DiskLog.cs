namespace Cairn.Simulation.Disk;

/// <summary>
/// Everything that SQLite did to the files of one folder. Files that are written past SQLite and named in
/// <paramref name="witnesses"/> are looked at before each operation, so that they stand in the same order.
/// </summary>
internal sealed class DiskLog(string folder, params string[] witnesses)
{
    private readonly Lock _lock = new();
    private readonly List<DiskOperation> _operations = [];
    private readonly SortedDictionary<string, byte[]> _seen = new(StringComparer.Ordinal);

    /// <summary>The folder, absolute, without a slash at its end.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>
    /// Asked before an operation reaches the disk; an answer other than null is the SQLite result code that the caller
    /// gets instead (13 = full, 1034 = fsync failed, 778 = write failed).
    /// </summary>
    public Func<DiskOperation, int?>? Fault { get; set; }

    /// <summary>A copy of what was done so far.</summary>
    public IReadOnlyList<DiskOperation> Operations
    {
        get
        {
            lock (_lock)
            {
                LookAtWitnesses();
                return [.. _operations];
            }
        }
    }

    /// <summary>What the caller gets instead of the operation; null: do it.</summary>
    public int? Refuse(DiskOperation operation)
    {
        lock (_lock)
        {
            LookAtWitnesses();
            return Fault?.Invoke(operation);
        }
    }

    /// <summary>Adds an operation that has been done.</summary>
    public void Add(DiskOperation operation)
    {
        lock (_lock)
        {
            LookAtWitnesses();
            _operations.Add(operation);
        }
    }

    /// <summary>Marks the point at which commit <paramref name="number"/> was acknowledged.</summary>
    public void Acknowledge(long number) => Add(new DiskOperation.Acknowledged(number));

    private void LookAtWitnesses()
    {
        foreach (var name in witnesses)
        {
            var path = Path.Combine(Folder, name);
            if (!File.Exists(path)) continue;

            // The journal holds it open for writing; so the reader must allow that.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            if (_seen.TryGetValue(name, out var before) && before.AsSpan().SequenceEqual(bytes)) continue;
            _seen[name] = bytes;
            _operations.Add(new DiskOperation.Seen(name, bytes));
        }
    }
}

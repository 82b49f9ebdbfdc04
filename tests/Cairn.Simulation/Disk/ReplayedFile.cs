using Cairn.Simulation.Seeds;

namespace Cairn.Simulation.Disk;

/// <summary>One file: what is surely on the disk, and what was written since its last sync.</summary>
internal sealed class ReplayedFile
{
    private readonly List<DiskOperation> _pending = [];
    private byte[] _durable = [];
    private List<byte[]>? _versions;

    /// <summary>All bytes written so far, synced or not.</summary>
    public byte[] Written
    {
        get
        {
            if (_versions is not null) return _versions[^1];
            var bytes = (byte[])_durable.Clone();
            foreach (var operation in _pending) bytes = Do(bytes, operation, keep: null);
            return bytes;
        }
    }

    /// <summary>A write or a truncation.</summary>
    public void Change(DiskOperation operation) => _pending.Add(operation);

    /// <summary>The whole content, from somebody who never syncs: after a power loss any version may be back.</summary>
    public void Replace(byte[] bytes) => (_versions ??= []).Add(bytes);

    /// <summary>Everything so far is on the disk.</summary>
    public void Sync()
    {
        foreach (var operation in _pending) _durable = Do(_durable, operation, keep: null);
        _pending.Clear();
    }

    /// <summary>What was synced, and some of the rest.</summary>
    public byte[] AfterPowerLoss(Dice dice, int sector)
    {
        if (_versions is not null) return dice.Pick(_versions);
        var bytes = (byte[])_durable.Clone();
        var fate = dice.Below(6);
        var limit = _pending.Count == 0 ? 0 : dice.Between(0, _pending.Count);
        for (var i = 0; i < _pending.Count; i++)
        {
            // All, none, a prefix, all but one, any half of them, and any half with torn writes.
            var survives = fate switch
            {
                0 => true,
                1 => false,
                2 => i < limit,
                3 => i != limit,
                _ => dice.PerMille(500),
            };
            if (!survives) continue;
            bytes = Do(bytes, _pending[i], fate == 5 ? _ => dice.PerMille(600) : null, sector);
        }

        return bytes;
    }

    private static byte[] Do(byte[] bytes, DiskOperation operation, Func<long, bool>? keep, int sector = 512)
    {
        switch (operation)
        {
            case DiskOperation.Truncated cut:
                Array.Resize(ref bytes, (int)cut.Size);
                return bytes;
            case DiskOperation.Written written:
                var end = (int)written.Offset + written.Bytes.Length;
                if (end > bytes.Length) Array.Resize(ref bytes, end);
                if (keep is null)
                {
                    written.Bytes.CopyTo(bytes, written.Offset);
                    return bytes;
                }

                for (var at = written.Offset; at < end;)
                {
                    var border = Math.Min(end, (at / sector + 1) * sector);
                    if (keep(at / sector))
                        written.Bytes.AsSpan((int)(at - written.Offset), (int)(border - at)).CopyTo(
                            bytes.AsSpan((int)at));
                    at = border;
                }

                return bytes;
            default:
                return bytes;
        }
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Cairn.Engine.Journals.Sqlite;

/// <summary>
/// The number of the last acknowledged commit, outside the database file: SQLite silently drops all that is behind a
/// damaged frame of its log. Two slots written in turn, each with a checksum, in place, without an fsync of its own: it
/// survives a killed process; after a power loss it may lag, and proves less, never more (architecture 3.5).
/// </summary>
internal sealed class Witness : IDisposable
{
    private const int SlotSize = 64;
    private readonly SafeFileHandle _file;
    private readonly UInt128 _journal;

    /// <summary>Opens the file.</summary>
    /// <param name="path">The file; made when it is not there.</param>
    /// <param name="journal">The journal's identity: the witness of another one proves nothing.</param>
    public Witness(string path, UInt128 journal)
    {
        _journal = journal;
        _file = File.OpenHandle(
            path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>The largest number in a whole slot; 0: none.</summary>
    public long Read()
    {
        Span<byte> slots = stackalloc byte[2 * SlotSize];
        var size = RandomAccess.Read(_file, slots, 0);
        long largest = 0;
        for (var slot = 0; (slot + 1) * SlotSize <= size; slot++)
            largest = Math.Max(largest, Read(slots.Slice(slot * SlotSize, SlotSize)));
        return largest;
    }

    /// <summary>Notes a commit before it is acknowledged.</summary>
    public void Note(long commit) => Write(commit, (int)(commit & 1));

    /// <summary>Forgets what is lost, because the user said so.</summary>
    public void Reset(long commit)
    {
        Write(commit, 0);
        Write(commit, 1);
    }

    public void Dispose() => _file.Dispose();

    private long Read(ReadOnlySpan<byte> slot)
    {
        var commit = BinaryPrimitives.ReadInt64LittleEndian(slot);
        Span<byte> expected = stackalloc byte[SlotSize];
        Fill(expected, commit);
        return slot.SequenceEqual(expected) ? commit : 0;
    }

    private void Write(long commit, int slot)
    {
        Span<byte> bytes = stackalloc byte[SlotSize];
        Fill(bytes, commit);
        RandomAccess.Write(_file, bytes, slot * SlotSize);
    }

    /// <summary>Number, identity of the journal, SHA-256 over both.</summary>
    private void Fill(Span<byte> slot, long commit)
    {
        slot.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(slot, commit);
        BinaryPrimitives.WriteUInt128LittleEndian(slot[8..], _journal);
        SHA256.HashData(slot[..24], slot[24..56]);
    }
}

using System.Buffers.Binary;
using System.Text;

namespace Cairn.Engine.Records;

/// <summary>
/// Reads what <see cref="ByteWriter"/> wrote; <see cref="JournalDamagedException"/> where it ends too early.
/// </summary>
internal sealed class ByteReader(ReadOnlyMemory<byte> bytes)
{
    public int Position { get; private set; }

    public bool AtEnd => Position == bytes.Length;

    public byte Byte() => Take(1).Span[0];

    public bool Bool() => Byte() != 0;

    public ReadOnlyMemory<byte> Raw(int size) => Take(size);

    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(8).Span);

    public UInt128 Wide() => BinaryPrimitives.ReadUInt128LittleEndian(Take(16).Span);

    public DateTimeOffset Time() => new(Long(), TimeSpan.Zero);

    public long Count()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80) return (long)value;
        }

        throw new JournalDamagedException($"a number at byte {Position} of a record is longer than 64 bits");
    }

    public int Size() => checked((int)Count());

    public int Signed()
    {
        var value = (uint)Count();
        return (int)(value >> 1) ^ -(int)(value & 1);
    }

    public string Text() => Encoding.UTF8.GetString(Take(Size()).Span);

    private ReadOnlyMemory<byte> Take(int size)
    {
        if (size < 0 || size > bytes.Length - Position)
            throw new JournalDamagedException(
                $"a record ends at byte {bytes.Length}, {size} more expected at {Position}");
        var part = bytes.Slice(Position, size);
        Position += size;
        return part;
    }
}

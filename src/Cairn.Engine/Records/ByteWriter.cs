using System.Buffers.Binary;
using System.Text;

namespace Cairn.Engine.Records;

/// <summary>Writes the journal's binary form into a buffer that is used again and again.</summary>
internal sealed class ByteWriter
{
    private byte[] _buffer = new byte[1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public byte[] ToArray() => Written.ToArray();

    public void Byte(byte value) => Reserve(1)[0] = value;

    public void Bool(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    public void Long(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(8), value);

    public void Wide(UInt128 value) => BinaryPrimitives.WriteUInt128LittleEndian(Reserve(16), value);

    /// <summary>UTC ticks: 100 ns, as exact as .NET's clock.</summary>
    public void Time(DateTimeOffset value) => Long(value.UtcTicks);

    /// <summary>7 bits a byte, low first; for counts and sequences.</summary>
    public void Count(long value)
    {
        var rest = (ulong)value;
        while (rest >= 0x80)
        {
            Byte((byte)(rest | 0x80));
            rest >>= 7;
        }

        Byte((byte)rest);
    }

    /// <summary>A signed number with small magnitude (zigzag).</summary>
    public void Signed(int value) => Count((uint)((value << 1) ^ (value >> 31)));

    public void Text(string value)
    {
        var size = Encoding.UTF8.GetByteCount(value);
        Count(size);
        Encoding.UTF8.GetBytes(value, Reserve(size));
    }

    private Span<byte> Reserve(int size)
    {
        if (_buffer.Length - Length < size)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + size));
        var span = _buffer.AsSpan(Length, size);
        Length += size;
        return span;
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cairn.Engine.Hosting;

/// <summary>
/// The random bits of events, fetched from the system many at a time: one by one they cost more than the rest of a
/// small event. For one thread.
/// </summary>
internal sealed class RandomSeeds
{
    private const int Size = 16;
    private readonly byte[] _bits = new byte[256 * Size];
    private int _used = 256 * Size;

    public UInt128 Next()
    {
        if (_used == _bits.Length)
        {
            RandomNumberGenerator.Fill(_bits);
            _used = 0;
        }

        var seed = BinaryPrimitives.ReadUInt128LittleEndian(_bits.AsSpan(_used, Size));
        _used += Size;
        return seed;
    }
}

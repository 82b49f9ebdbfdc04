using System.Buffers.Binary;

namespace Cairn.Flows.Library.Functions;

/// <summary>SHA-224 (FIPS 180-4), which .NET does not have: SHA-256 from another start, cut short.</summary>
internal static class Sha224
{
    private const int BlockSize = 64;
    private const int HashSize = 28;

    private static readonly uint[] Start =
    [
        0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4,
    ];

    private static readonly uint[] Rounds =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    public static byte[] HashData(ReadOnlySpan<byte> data)
    {
        Span<uint> state = stackalloc uint[8];
        Start.CopyTo(state);
        var rest = data;
        for (; rest.Length >= BlockSize; rest = rest[BlockSize..])
            Mix(state, rest[..BlockSize]);
        // One set bit, zeros, and the length in bits in the last eight bytes of the last block.
        Span<byte> last = stackalloc byte[2 * BlockSize];
        last.Clear();
        rest.CopyTo(last);
        last[rest.Length] = 0x80;
        var size = rest.Length + 9 > BlockSize ? 2 * BlockSize : BlockSize;
        BinaryPrimitives.WriteInt64BigEndian(last[(size - 8)..size], (long)data.Length * 8);
        for (var at = 0; at < size; at += BlockSize)
            Mix(state, last.Slice(at, BlockSize));
        var hash = new byte[HashSize];
        for (var i = 0; i < HashSize / 4; i++)
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(i * 4), state[i]);
        return hash;
    }

    /// <summary>HMAC (RFC 2104) over it.</summary>
    public static byte[] HmacData(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        var block = new byte[BlockSize];
        (key.Length > BlockSize ? HashData(key) : key).CopyTo(block);
        var inner = HashData([.. block.Select(static part => (byte)(part ^ 0x36)), .. data]);
        return HashData([.. block.Select(static part => (byte)(part ^ 0x5c)), .. inner]);
    }

    private static uint Turned(uint value, int bits) => uint.RotateRight(value, bits);

    private static void Mix(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[64];
        for (var i = 0; i < 16; i++)
            w[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * 4)..]);
        for (var i = 16; i < 64; i++)
        {
            var s0 = Turned(w[i - 15], 7) ^ Turned(w[i - 15], 18) ^ (w[i - 15] >> 3);
            var s1 = Turned(w[i - 2], 17) ^ Turned(w[i - 2], 19) ^ (w[i - 2] >> 10);
            w[i] = w[i - 16] + s0 + w[i - 7] + s1;
        }

        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        for (var i = 0; i < 64; i++)
        {
            var s1 = Turned(e, 6) ^ Turned(e, 11) ^ Turned(e, 25);
            var first = h + s1 + ((e & f) ^ (~e & g)) + Rounds[i] + w[i];
            var s0 = Turned(a, 2) ^ Turned(a, 13) ^ Turned(a, 22);
            var second = s0 + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }

        ReadOnlySpan<uint> mixed = [a, b, c, d, e, f, g, h];
        for (var i = 0; i < 8; i++)
            state[i] += mixed[i];
    }
}

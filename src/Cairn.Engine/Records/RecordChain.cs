using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cairn.Engine.Records;

/// <summary>
/// The checksum that ties a run's records together: the first 16 bytes of SHA-256 over the link before, the run's uid
/// for the first one, and the payload. A record lost, changed, or moved to another run breaks it (architecture 3.5).
/// </summary>
internal static class RecordChain
{
    /// <summary>The link before a run's first record.</summary>
    public static UInt128 Start(Runs.RunUid run) => run.Value;

    public static UInt128 Link(UInt128 before, ReadOnlySpan<byte> payload)
    {
        const int onStack = 2048;
        Span<byte> hash = stackalloc byte[32];
        Span<byte> joined = stackalloc byte[onStack];
        BinaryPrimitives.WriteUInt128LittleEndian(joined, before);
        if (16 + payload.Length <= onStack)
        {
            payload.CopyTo(joined[16..]);
            SHA256.HashData(joined[..(16 + payload.Length)], hash);
            return BinaryPrimitives.ReadUInt128LittleEndian(hash);
        }

        using var large = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        large.AppendData(joined[..16]);
        large.AppendData(payload);
        large.GetHashAndReset(hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}

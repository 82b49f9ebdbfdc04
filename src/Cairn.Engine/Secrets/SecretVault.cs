using System.Security.Cryptography;
using System.Text;

namespace Cairn.Engine.Secrets;

/// <summary>
/// Seals marked values, so that none stands in clear in a journal, a snapshot or an export (architecture 3.10). The key
/// is a file of its own that only its owner may read; a journal copied without it gives nothing away.
/// AES-256-GCM with the secret's name bound in. The nonce follows from key, name and value, so that sealing is
/// deterministic and a replay sees the same bytes; two equal values of one name therefore look equal.
/// </summary>
public sealed class SecretVault
{
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly byte[] _sealing;
    private readonly byte[] _numbering;

    /// <summary>A vault over a key of 32 bytes.</summary>
    public SecretVault(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeySize) throw new ArgumentException($"a key has {KeySize} bytes, not {key.Length}",
            nameof(key));
        _sealing = HKDF.Expand(HashAlgorithmName.SHA256, key.ToArray(), KeySize, "cairn seal"u8.ToArray());
        _numbering = HKDF.Expand(HashAlgorithmName.SHA256, key.ToArray(), KeySize, "cairn nonce"u8.ToArray());
    }

    /// <summary>
    /// The vault of the key file at <paramref name="path"/>; made with a random key, for its owner alone, when it is
    /// not
    /// there. Throws <see cref="SecretRefusedException"/> when others may read it or it holds no key.
    /// </summary>
    public static SecretVault Open(string path)
    {
        if (!File.Exists(path)) Create(path);
        var mode = File.GetUnixFileMode(path);
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if ((mode & ~own) != UnixFileMode.None)
            throw new SecretRefusedException($"others may read {path} (mode {Octal(mode)})", $"chmod 600 {path}");
        var key = File.ReadAllBytes(path);
        return key.Length == KeySize
            ? new SecretVault(key)
            : throw new SecretRefusedException(
                $"{path} holds {key.Length} bytes, a key has {KeySize}", "restore the key file from a backup");
    }

    /// <summary>Seals a value under its secret's name.</summary>
    public string Seal(string name, ReadOnlySpan<byte> value)
    {
        var label = Encoding.UTF8.GetBytes(name);
        var bytes = new byte[NonceSize + value.Length + TagSize];
        var nonce = bytes.AsSpan(0, NonceSize);
        Number(label, value).AsSpan(0, NonceSize).CopyTo(nonce);
        using var aes = new AesGcm(_sealing, TagSize);
        aes.Encrypt(nonce, value, bytes.AsSpan(NonceSize, value.Length), bytes.AsSpan(NonceSize + value.Length), label);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>
    /// The value; throws <see cref="SecretRefusedException"/> for another key, another name or a changed text.
    /// </summary>
    public byte[] Unseal(string name, string sealedText)
    {
        var bytes = new byte[sealedText.Length];
        if (!Convert.TryFromBase64String(sealedText, bytes, out var size) || size < NonceSize + TagSize)
            throw new SecretRefusedException($"the sealed value of secret {name} is damaged", "set it again");
        var value = new byte[size - NonceSize - TagSize];
        using var aes = new AesGcm(_sealing, TagSize);
        try
        {
            aes.Decrypt(
                bytes.AsSpan(0, NonceSize), bytes.AsSpan(NonceSize, value.Length),
                bytes.AsSpan(NonceSize + value.Length, TagSize), value, Encoding.UTF8.GetBytes(name));
            return value;
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new SecretRefusedException(
                $"secret {name} was sealed with another key, or was changed",
                "use the key file that belongs to this journal");
        }
    }

    private byte[] Number(ReadOnlySpan<byte> label, ReadOnlySpan<byte> value)
    {
        // The label's length goes first: no name and value may be split in another way to the same bytes.
        var joined = new byte[4 + label.Length + value.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(joined, label.Length);
        label.CopyTo(joined.AsSpan(4));
        value.CopyTo(joined.AsSpan(4 + label.Length));
        return HMACSHA256.HashData(_numbering, joined);
    }

    // Whole or not at all: another process may look at the same moment, and the first one's key stands.
    private static void Create(string path)
    {
        var temporary = $"{path}.{RandomNumberGenerator.GetHexString(16)}";
        using (var file = new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(RandomNumberGenerator.GetBytes(KeySize));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
        }
    }

    private static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8);
}

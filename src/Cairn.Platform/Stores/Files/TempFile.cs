using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;

namespace Cairn.Platform.Stores.Files;

/// <summary>
/// Durable content that no object has yet. Disposed unkept it is removed; the open stream is the lock that tells other
/// processes that its writer lives.
/// </summary>
internal sealed class TempFile : IAsyncDisposable
{
    private const int ChunkBytes = 1 << 20;

    private readonly FileStream _stream;
    private readonly IStoreFiles _files;
    private bool _kept;

    private TempFile(FileStream stream, string path, long size, string sha256, IStoreFiles files)
    {
        _stream = stream;
        _files = files;
        Path = path;
        Size = size;
        Sha256 = sha256;
    }

    internal string Path { get; }

    internal string Name => System.IO.Path.GetFileName(Path);

    internal long Size { get; }

    internal string Sha256 { get; }

    /// <summary>Writes the content to a new file and makes it durable.</summary>
    internal static async ValueTask<TempFile> Write(
        string path, IStoreFiles files, Content content, CancellationToken cancel)
    {
        FileStream? stream = null;
        try
        {
            stream = content is Content.LocalFile { Final: true } final && files.TryLink(final.Path, path)
                ? files.Reopen(path)
                : files.Create(path);
            if (stream.CanWrite)
                await Fill(stream, content, cancel);
            var (size, hash) = await Hash(stream, cancel);
            files.Sync(stream);
            return new TempFile(stream, path, size, hash, files);
        }
        catch
        {
            if (stream is not null)
                await stream.DisposeAsync();
            files.Remove(path);
            throw;
        }
    }

    /// <summary>The hash that <see cref="Write"/> would find; null for a stream, which can be read only once.</summary>
    internal static async ValueTask<string?> HashOf(Content content, CancellationToken cancel)
    {
        switch (content)
        {
            case Content.Bytes bytes:
                return Convert.ToHexStringLower(SHA256.HashData(bytes.Data.Span));
            case Content.LocalFile file:
                await using (var stream = File.OpenRead(file.Path))
                    return (await Hash(stream, cancel)).Sha256;
            default:
                return null;
        }
    }

    /// <summary>Whether the writer of a temporary file is alive.</summary>
    internal static bool IsLocked(string path)
    {
        try
        {
            using var probe = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>
    /// Ends the lock, so that readers can open the file in its place. Called under the writing lock, which keeps those
    /// who clean up away.
    /// </summary>
    internal void Release() => _stream.Dispose();

    /// <summary>It has its place now, or a committed transaction will give it one.</summary>
    internal void Keep() => _kept = true;

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        if (!_kept)
            _files.Remove(Path);
    }

    private static async ValueTask Fill(FileStream stream, Content content, CancellationToken cancel)
    {
        switch (content)
        {
            case Content.Bytes bytes:
                await stream.WriteAsync(bytes.Data, cancel);
                break;
            case Content.Streamed streamed:
                await streamed.Source.CopyToAsync(stream, ChunkBytes, cancel);
                break;
            case Content.LocalFile file:
                await using (var source = File.OpenRead(file.Path))
                    if (!Posix.Clone(source.SafeFileHandle, stream.SafeFileHandle))
                        await source.CopyToAsync(stream, ChunkBytes, cancel);
                break;
            default:
                throw new UnreachableException();
        }

        await stream.FlushAsync(cancel);
    }

    private static async ValueTask<(long Size, string Sha256)> Hash(FileStream stream, CancellationToken cancel)
    {
        stream.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            long size = 0;
            for (int read; (read = await stream.ReadAsync(buffer, cancel)) > 0; size += read)
                hash.AppendData(buffer, 0, read);
            return (size, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

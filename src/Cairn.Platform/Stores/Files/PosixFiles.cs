using System.Runtime.InteropServices;

namespace Cairn.Platform.Stores.Files;

/// <summary>The real file system.</summary>
public sealed class PosixFiles : IStoreFiles
{
    private const int BufferBytes = 1 << 20;
    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>The only instance.</summary>
    public static PosixFiles Instance { get; } = new();

    /// <inheritdoc/>
    public FileStream Create(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.ReadWrite,
        Share = FileShare.None,
        BufferSize = BufferBytes,
        UnixCreateMode = Readable,
    });

    /// <inheritdoc/>
    public bool TryLink(string existing, string fresh) => Posix.Link(existing, fresh) == 0;

    /// <inheritdoc/>
    public FileStream Reopen(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);

    /// <inheritdoc/>
    public void Sync(FileStream file)
    {
        if (file.CanWrite)
            file.Flush(flushToDisk: true);
        else
            SyncDescriptor(file.SafeFileHandle.DangerousGetHandle().ToInt32(), file.Name);
    }

    /// <inheritdoc/>
    public void MakeFolder(string path)
    {
        if (Directory.Exists(path))
            return;
        var parent = Path.GetDirectoryName(path)!;
        MakeFolder(parent);
        Directory.CreateDirectory(path);
        SyncFolder(parent);
    }

    /// <inheritdoc/>
    public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    /// <inheritdoc/>
    public void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Its folder is gone too: that is what was asked.
        }
    }

    /// <inheritdoc/>
    public bool RemoveFolder(string path)
    {
        try
        {
            Directory.Delete(path);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void SyncFolder(string path)
    {
        var descriptor = Posix.Open(path, 0);
        if (descriptor < 0)
            throw Failure(path);
        try
        {
            SyncDescriptor(descriptor, path);
        }
        finally
        {
            _ = Posix.Close(descriptor);
        }
    }

    private static void SyncDescriptor(int descriptor, string path)
    {
        while (Posix.Fsync(descriptor) != 0)
            if (Marshal.GetLastPInvokeError() != Posix.Eintr)
                throw Failure(path);
    }

    private static IOException Failure(string path)
    {
        var errno = Marshal.GetLastPInvokeError();
        return new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(errno)}", errno);
    }
}

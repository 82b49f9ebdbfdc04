using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Cairn.Platform.Stores.Files;

namespace Cairn.Platform.Stores.Watching;

/// <summary>What the kernel told about one name in a watched folder.</summary>
/// <param name="Watch">The folder's watch; -1 for an overflow.</param>
/// <param name="Mask">What happened.</param>
/// <param name="Name">The name in the folder; empty for the folder itself.</param>
internal readonly record struct FolderNotice(int Watch, uint Mask, string Name)
{
    internal bool Has(uint bits) => (Mask & bits) != 0;
}

/// <summary>The kernel's own notices of changes in folders (inotify); Linux only.</summary>
internal sealed partial class Inotify : IDisposable
{
    internal const uint CloseWrite = 0x8;
    internal const uint MovedFrom = 0x40;
    internal const uint MovedTo = 0x80;
    internal const uint Create = 0x100;
    internal const uint Delete = 0x200;
    internal const uint Overflow = 0x4000;
    internal const uint Ignored = 0x8000;
    internal const uint IsFolder = 0x4000_0000;

    private const uint OnlyFolders = 0x0100_0000;
    private const uint NoLinks = 0x0200_0000;
    private const int NonBlockingCloseOnExec = 0x800 | 0x8_0000;
    private const int HeaderBytes = 16;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly int _descriptor;

    /// <summary>Watches nothing yet.</summary>
    /// <exception cref="IOException">The user has too many of them.</exception>
    internal Inotify()
    {
        _descriptor = Init(NonBlockingCloseOnExec);
        if (_descriptor < 0)
            throw Failure("inotify");
    }

    /// <summary>Watches a folder; watched twice, it keeps its watch. Null: there is no such folder.</summary>
    /// <exception cref="IOException">The user may watch no more folders, or may not read this one.</exception>
    internal int? Watch(string folder)
    {
        var watch = AddWatch(
            _descriptor, folder, CloseWrite | MovedFrom | MovedTo | Create | Delete | OnlyFolders | NoLinks);
        if (watch >= 0)
            return watch;
        return Marshal.GetLastPInvokeError() is 2 or 20 ? null : throw Failure(folder);
    }

    internal void Forget(int watch) => _ = RemoveWatch(_descriptor, watch);

    /// <summary>All notices there are now, in order; never waits.</summary>
    internal List<FolderNotice> Drain()
    {
        var notices = new List<FolderNotice>();
        while (true)
        {
            var read = Read(_descriptor, _buffer, (nuint)_buffer.Length);
            if (read <= 0)
            {
                if (read < 0 && Marshal.GetLastPInvokeError() == Posix.Eintr)
                    continue;
                return notices;
            }

            Parse(_buffer.AsSpan(0, (int)read), notices);
        }
    }

    public void Dispose() => _ = Posix.Close(_descriptor);

    private static void Parse(ReadOnlySpan<byte> bytes, List<FolderNotice> notices)
    {
        while (bytes.Length >= HeaderBytes)
        {
            var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]);
            var name = bytes.Slice(HeaderBytes, length).TrimEnd((byte)0);
            notices.Add(new FolderNotice(
                BinaryPrimitives.ReadInt32LittleEndian(bytes), BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]),
                Encoding.UTF8.GetString(name)));
            bytes = bytes[(HeaderBytes + length)..];
        }
    }

    private static IOException Failure(string what)
    {
        var errno = Marshal.GetLastPInvokeError();
        return new IOException($"{what}: {Marshal.GetPInvokeErrorMessage(errno)}", errno);
    }

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    private static partial int Init(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddWatch(int descriptor, string path, uint mask);

    [LibraryImport("libc", EntryPoint = "inotify_rm_watch", SetLastError = true)]
    private static partial int RemoveWatch(int descriptor, int watch);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, [Out] byte[] buffer, nuint count);
}

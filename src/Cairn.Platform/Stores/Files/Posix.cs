using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Cairn.Platform.Stores.Files;

/// <summary>The few system calls that .NET has no words for. All report failure by -1 and errno.</summary>
internal static partial class Posix
{
    internal const int Eperm = 1;
    internal const int Eintr = 4;
    internal const int Eacces = 13;
    internal static readonly int Ewouldblock = OperatingSystem.IsMacOS() ? 35 : 11;
    internal const int Enospc = 28;
    internal const int Edquot = 122;
    internal const int LockWithoutWaiting = 4;
    internal const int LockExclusive = 2;
    internal const int LockRelease = 8;

    private const int ReadWrite = 2;
    private const uint OwnerOnly = 0b110_000_000;

    private static readonly int CloseOnExec = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    // O_NONBLOCK, and O_NOFOLLOW, which is another bit on arm64.
    private const int WithoutWaiting = 0x800;
    private static readonly int WithoutLinks =
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;

    private const nuint FiClone = 0x40049409;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "creat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Create(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    internal static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    internal static partial int Flock(SafeHandle descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Link(string existing, string fresh);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    internal static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(SafeHandle descriptor, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "setxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetAttribute(string path, string name, byte[] value, nuint size, int flags);

    [LibraryImport("libc", EntryPoint = "getxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetAttribute(string path, string name, byte[] value, nuint size);

    /// <summary>
    /// Opens a file, made empty if it is new, without the shared lock that .NET puts on every file that it opens.
    /// </summary>
    internal static SafeFileHandle OpenUnlocked(string path)
    {
        var descriptor = Open(path, ReadWrite | CloseOnExec);
        if (descriptor < 0)
        {
            _ = Close(Create(path, OwnerOnly));
            descriptor = Open(path, ReadWrite | CloseOnExec);
        }

        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException(
                $"{path}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}",
                    Marshal.GetLastPInvokeError());
    }

    /// <summary>
    /// Opens a file for reading without the shared lock that .NET puts on every file that it opens: who wrote it may
    /// hold an exclusive one. Never waits for the writer of a pipe, never follows a link.
    /// </summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    internal static SafeFileHandle OpenToRead(string path)
    {
        var descriptor = Open(path, CloseOnExec | (OperatingSystem.IsLinux() ? WithoutWaiting | WithoutLinks : 0));
        if (descriptor >= 0)
            return new SafeFileHandle(descriptor, ownsHandle: true);
        var errno = Marshal.GetLastPInvokeError();
        var message = $"{path}: {Marshal.GetPInvokeErrorMessage(errno)}";
        throw errno switch
        {
            2 or 20 => new FileNotFoundException(message),
            1 or 13 => new UnauthorizedAccessException(message),
            _ => new IOException(message, errno),
        };
    }

    /// <summary>Shares the bytes of one file with another (reflink); false where the file system cannot.</summary>
    internal static bool Clone(SafeHandle from, SafeHandle to)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        var held = false;
        from.DangerousAddRef(ref held);
        try
        {
            return Ioctl(to, FiClone, from.DangerousGetHandle()) == 0;
        }
        finally
        {
            if (held)
                from.DangerousRelease();
        }
    }

    /// <summary>Attaches a user attribute to a file; false where the file system cannot.</summary>
    internal static bool Attach(string path, string name, string value)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        var bytes = Encoding.UTF8.GetBytes(value);
        return SetAttribute(path, name, bytes, (nuint)bytes.Length, 0) == 0;
    }

    /// <summary>A user attribute of a file, or null.</summary>
    internal static string? Attached(string path, string name)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var bytes = new byte[4096];
        var length = GetAttribute(path, name, bytes, (nuint)bytes.Length);
        return length < 0 ? null : Encoding.UTF8.GetString(bytes, 0, (int)length);
    }
}

using System.Runtime.InteropServices;

namespace Cairn.Platform.Executors.Local.Processes;

/// <summary>The few calls of the C library that .NET has no word for. Linux only.</summary>
internal static partial class Libc
{
    public const int SigTerm = 15;
    public const int SigKill = 9;
    public const int OpenReadOnly = 0;
    public const int OpenWriteOnly = 1;
    public const int OpenCreate = 0x40;
    public const int OpenExclusive = 0x80;
    public const int OpenTruncate = 0x200;
    public const int OpenAppend = 0x400;
    public const int WaitNoHang = 1;
    public const int PidfdOpen = 434;
    public const int PollIn = 1;

    private const string Name = "libc";

    [LibraryImport(Name, SetLastError = true)]
    public static partial int kill(int pid, int signal);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int waitpid(int pid, out int status, int options);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int close(int fd);

    [LibraryImport(Name, SetLastError = true)]
    public static partial long syscall(long number, long first, long second);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int eventfd(uint initial, int flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int epoll_create1(int flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int epoll_ctl(int epoll, int operation, int fd, in EpollEvent change);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int epoll_wait(int epoll, ref EpollEvent first, int capacity, int timeoutMilliseconds);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int memfd_create(string name, uint flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial nint write(int fd, ReadOnlySpan<byte> bytes, nint count);

    [LibraryImport(Name, SetLastError = true)]
    public static partial long lseek(int fd, long offset, int whence);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int fcntl(int fd, int command, int argument);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int fallocate(int fd, int mode, long offset, long length);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int inotify_init1(int flags);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int inotify_add_watch(int fd, string path, uint mask);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int inotify_rm_watch(int fd, int watch);

    [LibraryImport(Name, SetLastError = true)]
    public static partial nint read(int fd, Span<byte> bytes, nint count);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int posix_spawn(
        out int pid, string path, nint fileActions, nint attributes, nint argv, nint envp);

    [LibraryImport(Name)]
    public static partial void posix_spawn_file_actions_init(nint actions);

    [LibraryImport(Name)]
    public static partial void posix_spawn_file_actions_destroy(nint actions);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void posix_spawn_file_actions_addopen(
        nint actions, int fd, string path, int flags, uint mode);

    [LibraryImport(Name)]
    public static partial void posix_spawn_file_actions_adddup2(nint actions, int from, int to);

    [LibraryImport(Name)]
    public static partial void posix_spawn_file_actions_addclose(nint actions, int fd);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void posix_spawn_file_actions_addchdir_np(nint actions, string path);

    [LibraryImport(Name)]
    public static partial void posix_spawnattr_init(nint attributes);

    [LibraryImport(Name)]
    public static partial void posix_spawnattr_destroy(nint attributes);

    [LibraryImport(Name)]
    public static partial void posix_spawnattr_setflags(nint attributes, short flags);

    [LibraryImport(Name)]
    public static partial void posix_spawnattr_setsigdefault(nint attributes, ReadOnlySpan<byte> signals);

    [LibraryImport(Name)]
    public static partial void posix_spawnattr_setsigmask(nint attributes, ReadOnlySpan<byte> signals);

    [LibraryImport(Name)]
    public static partial uint geteuid();

    /// <summary>The text of the last failed call.</summary>
    public static string LastError() => Marshal.GetLastPInvokeErrorMessage();
}

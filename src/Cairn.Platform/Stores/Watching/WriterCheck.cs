using System.Runtime.InteropServices;
using Cairn.Platform.Stores.Files;
using Microsoft.Win32.SafeHandles;

namespace Cairn.Platform.Stores.Watching;

/// <summary>Whether somebody has a file open for writing.</summary>
internal enum Writers
{
    /// <summary>Nobody: the kernel granted a read lease.</summary>
    None,

    /// <summary>Somebody: the lease was refused.</summary>
    Some,

    /// <summary>The file system or the file's owner allows no lease: nobody can tell.</summary>
    Unknown,
}

/// <summary>Asks the kernel for a read lease, which it grants only when no writer has the file open.</summary>
internal static partial class WriterCheck
{
    private const int SetLease = 1024;
    private const int SetSignal = 10;
    private const int ReadLease = 0;
    private const int NoLease = 2;
    private const int TryAgain = 11;

    // A writer that comes while the lease is held makes the kernel signal us; this one is ignored by default.
    private const int IgnoredSignal = 23;

    internal static Writers Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return Writers.Unknown;
        try
        {
            using var file = Posix.OpenToRead(path);
            if (Control(file, SetSignal, IgnoredSignal) != 0)
                return Writers.Unknown;
            if (Control(file, SetLease, ReadLease) == 0)
            {
                _ = Control(file, SetLease, NoLease);
                return Writers.None;
            }

            return Marshal.GetLastPInvokeError() == TryAgain ? Writers.Some : Writers.Unknown;
        }
        catch (Exception failure) when (IoFaults.Known(failure))
        {
            return Writers.Unknown;
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, int command, int argument);
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Cairn.Platform.Stores.Foreign;

/// <summary>
/// The version of a file that others may change: device, inode, size, mtime, ctime (architecture 6). Where the kernel
/// has no `statx`, size and mtime must do.
/// </summary>
/// <param name="Text">All of it, to be compared.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Last change of the bytes, UTC.</param>
internal readonly partial record struct FileVersion(string Text, long Size, DateTimeOffset Modified)
{
    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const uint BasicFields = 0x7ff;

    /// <summary>
    /// Whether another version of the file differs in its ctime at most: same file, size and time of the bytes.
    /// </summary>
    internal bool HasBytesOf(string other) => WithoutChange(Text) == WithoutChange(other);

    private static string WithoutChange(string text) => text[..Math.Max(0, text.LastIndexOf(':'))];

    /// <summary>The version of a file, links followed; null when there is no regular file.</summary>
    internal static FileVersion? Of(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null)
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        if (file is not { Exists: true } || file.Attributes.HasFlag(FileAttributes.Directory))
            return null;
        var modified = new DateTimeOffset(file.LastWriteTimeUtc);
        var identity = OperatingSystem.IsLinux() ? VersionText(file.FullName) : null;
        return new FileVersion(identity ?? $"{file.Length}:{modified.UtcTicks}", file.Length, modified);
    }

    /// <summary>Whether a path, links followed, has bytes to read: no socket, pipe or device.</summary>
    internal static bool IsRegular(string path)
    {
        if (!OperatingSystem.IsLinux())
            return File.Exists(path);
        Span<byte> record = stackalloc byte[256];
        return Statx(CurrentFolder, path, 0, BasicFields, ref MemoryMarshal.GetReference(record)) == 0
            && (BinaryPrimitives.ReadUInt16LittleEndian(record[28..]) & 0xf000) == 0x8000;
    }

    /// <summary>The user that owns an open file, or null where the kernel does not tell.</summary>
    internal static uint? Owner(SafeFileHandle file)
    {
        Span<byte> record = stackalloc byte[256];
        return OperatingSystem.IsLinux()
            && Statx(file, "", EmptyPath, BasicFields, ref MemoryMarshal.GetReference(record)) == 0
            ? BinaryPrimitives.ReadUInt32LittleEndian(record[20..]) : null;
    }

    /// <summary>Device and inode of an open file, or null.</summary>
    internal static (ulong Device, ulong Inode)? Identity(SafeFileHandle file)
    {
        Span<byte> record = stackalloc byte[256];
        return OperatingSystem.IsLinux()
            && Statx(file, "", EmptyPath, BasicFields, ref MemoryMarshal.GetReference(record)) == 0
            ? Identity(record) : null;
    }

    /// <summary>Device and inode behind a path, or null.</summary>
    internal static (ulong Device, ulong Inode)? FileIdentity(string path)
    {
        Span<byte> record = stackalloc byte[256];
        return OperatingSystem.IsLinux()
            && Statx(CurrentFolder, path, 0, BasicFields, ref MemoryMarshal.GetReference(record)) == 0
            ? Identity(record) : null;
    }

    private static (ulong Device, ulong Inode) Identity(ReadOnlySpan<byte> record) => (
        BinaryPrimitives.ReadUInt64LittleEndian(record[136..]), BinaryPrimitives.ReadUInt64LittleEndian(record[32..]));

    private static string? VersionText(string path)
    {
        Span<byte> record = stackalloc byte[256];
        if (Statx(CurrentFolder, path, 0, BasicFields, ref MemoryMarshal.GetReference(record)) != 0)
            return null;
        // Offsets of struct statx (linux/stat.h), the same on every architecture.
        var inode = BinaryPrimitives.ReadUInt64LittleEndian(record[32..]);
        var size = BinaryPrimitives.ReadUInt64LittleEndian(record[40..]);
        var changed = Time(record[96..]);
        var modified = Time(record[112..]);
        var device = BinaryPrimitives.ReadUInt64LittleEndian(record[136..]);
        return $"{device:x}:{inode:x}:{size:x}:{modified}:{changed}";
    }

    private static string Time(ReadOnlySpan<byte> at) =>
        $"{BinaryPrimitives.ReadInt64LittleEndian(at)}.{BinaryPrimitives.ReadUInt32LittleEndian(at[8..])}";

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(SafeHandle file, string path, int flags, uint mask, ref byte record);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte record);
}

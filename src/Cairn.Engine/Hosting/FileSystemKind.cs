using System.Runtime.InteropServices;

namespace Cairn.Engine.Hosting;

/// <summary>Tells local disks from network file systems by the kernel's number for them (statfs(2)).</summary>
internal static partial class FileSystemKind
{
    /// <summary>What the network file system is called; null: it is a local one, or cannot be known.</summary>
    public static unsafe string? NetworkName(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;
        // struct statfs is 120 bytes on 64-bit Linux; its first word is the type. Room for more does no harm.
        var buffer = stackalloc long[64];
        if (StatFs(path, buffer) != 0) return null;
        return (uint)buffer[0] switch
        {
            0x6969 => "NFS",
            0x517b or 0xfe534d42 or 0xff534d42 => "SMB",
            0x01021997 => "9P",
            0x5346414f => "AFS",
            0x00c36400 => "Ceph",
            0x0bd00bd0 => "Lustre",
            0x47504653 => "GPFS",
            0x19830326 => "BeeGFS",
            _ => null,
        };
    }

    [LibraryImport("libc", EntryPoint = "statfs", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int StatFs(string path, long* buffer);
}

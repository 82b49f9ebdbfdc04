using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Cairn.Simulation.Disk;

/// <summary>
/// A SQLite VFS in front of the unix one, in the native library that the journal uses. It is the default VFS of this
/// process, so the code under test opens its database as always; only files in a folder given to <see cref="Record"/>
/// are written down, all others pass through.
/// </summary>
internal static unsafe class RecordingVfs
{
    private static readonly ConcurrentDictionary<string, DiskLog> s_folders = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<long, Recording> s_open = new();
    private static readonly NativeVfs* s_unix = Install();
    private static long s_last;

    /// <summary>Starts to write down what SQLite does in the log's folder.</summary>
    public static void Record(DiskLog log)
    {
        if (s_unix is null) throw new InvalidOperationException("SQLite has no default VFS");
        s_folders[log.Folder] = log;
    }

    /// <summary>Stops; files that are still open go on into their log.</summary>
    public static void Release(DiskLog log) => s_folders.TryRemove(log.Folder, out _);

    /// <summary>The recording of an open file; null: it passes through.</summary>
    internal static Recording? Find(long recording) => s_open.TryGetValue(recording, out var found) ? found : null;

    internal static void Forget(long recording) => s_open.TryRemove(recording, out _);

    private static NativeVfs* Install()
    {
        Batteries_V2.Init();
        var library = NativeLibrary.Load("e_sqlite3", typeof(SQLite3Provider_e_sqlite3).Assembly, null);
        var find = (delegate* unmanaged[Cdecl]<byte*, NativeVfs*>)NativeLibrary.GetExport(library, "sqlite3_vfs_find");
        var register = (delegate* unmanaged[Cdecl]<NativeVfs*, int, int>)
            NativeLibrary.GetExport(library, "sqlite3_vfs_register");

        var unix = find(null);
        var ours = (NativeVfs*)NativeMemory.Alloc((nuint)sizeof(NativeVfs));
        *ours = *unix;
        ours->Next = null;
        ours->Name = (byte*)Marshal.StringToCoTaskMemUTF8("cairn-recording");
        ours->FileSize = sizeof(RecordedFile) + unix->FileSize;
        ours->Open = &Open;
        ours->Delete = &Delete;
        var code = register(ours, 1);
        return code == 0 ? unix : throw new InvalidOperationException($"sqlite3_vfs_register answered {code}");
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(NativeVfs* vfs, byte* name, NativeFile* file, int flags, int* flagsOut)
    {
        var recorded = (RecordedFile*)file;
        recorded->Base.Methods = null;
        recorded->Recording = 0;
        var recording = RecordingAt(name);
        var existed = name is null || File.Exists(Marshal.PtrToStringUTF8((nint)name));
        if (!existed && recording is { } wanted
            && wanted.Log.Refuse(new DiskOperation.Created(wanted.Name)) is { } refused) return refused;

        var code = s_unix->Open(s_unix, name, RecordedFile.Inner(file), flags, flagsOut);
        if (code != 0) return code;
        recorded->Base.Methods = RecordingMethods.Table;
        if (recording is not { } to) return 0;
        recorded->Recording = Interlocked.Increment(ref s_last);
        s_open[recorded->Recording] = to;
        if (!existed) to.Log.Add(new DiskOperation.Created(to.Name));
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(NativeVfs* vfs, byte* name, int syncFolder)
    {
        var recording = RecordingAt(name);
        if (recording is { } wanted && wanted.Log.Refuse(new DiskOperation.Deleted(wanted.Name)) is { } refused)
            return refused;
        var code = s_unix->Delete(s_unix, name, syncFolder);
        if (code == 0) recording?.Log.Add(new DiskOperation.Deleted(recording.Value.Name));
        return code;
    }

    private static Recording? RecordingAt(byte* name)
    {
        var path = Marshal.PtrToStringUTF8((nint)name);
        if (path is null || Path.GetDirectoryName(path) is not { } folder) return null;
        return s_folders.TryGetValue(folder, out var log) ? new Recording(log, Path.GetFileName(path)) : null;
    }

    /// <summary>Where the operations of an open file are written down.</summary>
    internal readonly record struct Recording(DiskLog Log, string Name);
}

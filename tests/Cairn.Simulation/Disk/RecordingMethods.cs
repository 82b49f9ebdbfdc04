using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cairn.Simulation.Disk;

/// <summary>
/// The methods of a recorded file: each goes to the unix VFS's file; what changes the disk is written down after it was
/// done, and may be refused before.
/// </summary>
internal static unsafe class RecordingMethods
{
    private static readonly NativeMethods* s_table = Allocate();

    /// <summary>The table that every recorded file points to.</summary>
    public static NativeMethods* Table => s_table;

    private static NativeMethods* Allocate()
    {
        var table = (NativeMethods*)NativeMemory.AllocZeroed((nuint)sizeof(NativeMethods));
        table->Version = 2;
        table->Close = &Close;
        table->Read = &Read;
        table->Write = &Write;
        table->Truncate = &Truncate;
        table->Sync = &Sync;
        table->Size = &Size;
        table->Lock = &Lock;
        table->Unlock = &Unlock;
        table->CheckReservedLock = &CheckReservedLock;
        table->Control = &Control;
        table->SectorSize = &SectorSize;
        table->Characteristics = &Characteristics;
        table->ShmMap = &ShmMap;
        table->ShmLock = &ShmLock;
        table->ShmBarrier = &ShmBarrier;
        table->ShmUnmap = &ShmUnmap;
        return table;
    }

    private static NativeMethods* Of(NativeFile* file) => RecordedFile.Inner(file)->Methods;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(NativeFile* file)
    {
        RecordingVfs.Forget(RecordedFile.RecordingOf(file));
        return Of(file)->Close(RecordedFile.Inner(file));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(NativeFile* file, void* bytes, int count, long offset) =>
        Of(file)->Read(RecordedFile.Inner(file), bytes, count, offset);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(NativeFile* file, void* bytes, int count, long offset)
    {
        var recording = RecordingVfs.Find(RecordedFile.RecordingOf(file));
        if (recording is not { } to) return Of(file)->Write(RecordedFile.Inner(file), bytes, count, offset);
        var operation =
            new DiskOperation.Written(to.Name, offset, new ReadOnlySpan<byte>(bytes, count).ToArray());
        if (to.Log.Refuse(operation) is { } refused) return refused;
        var code = Of(file)->Write(RecordedFile.Inner(file), bytes, count, offset);
        if (code == 0) to.Log.Add(operation);
        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(NativeFile* file, long size)
    {
        var recording = RecordingVfs.Find(RecordedFile.RecordingOf(file));
        if (recording is not { } to) return Of(file)->Truncate(RecordedFile.Inner(file), size);
        var operation = new DiskOperation.Truncated(to.Name, size);
        if (to.Log.Refuse(operation) is { } refused) return refused;
        var code = Of(file)->Truncate(RecordedFile.Inner(file), size);
        if (code == 0) to.Log.Add(operation);
        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(NativeFile* file, int flags)
    {
        var recording = RecordingVfs.Find(RecordedFile.RecordingOf(file));
        if (recording is not { } to) return Of(file)->Sync(RecordedFile.Inner(file), flags);
        var operation = new DiskOperation.Synced(to.Name);
        if (to.Log.Refuse(operation) is { } refused) return refused;

        // A power loss is built from the log; the real disk need not be waited for.
        to.Log.Add(operation);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Size(NativeFile* file, long* size) => Of(file)->Size(RecordedFile.Inner(file), size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Lock(NativeFile* file, int level) => Of(file)->Lock(RecordedFile.Inner(file), level);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Unlock(NativeFile* file, int level) => Of(file)->Unlock(RecordedFile.Inner(file), level);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CheckReservedLock(NativeFile* file, int* held) =>
        Of(file)->CheckReservedLock(RecordedFile.Inner(file), held);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Control(NativeFile* file, int operation, void* argument) =>
        Of(file)->Control(RecordedFile.Inner(file), operation, argument);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SectorSize(NativeFile* file) => Of(file)->SectorSize(RecordedFile.Inner(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Characteristics(NativeFile* file) => Of(file)->Characteristics(RecordedFile.Inner(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmMap(NativeFile* file, int page, int size, int extend, void** memory) =>
        Of(file)->ShmMap(RecordedFile.Inner(file), page, size, extend, memory);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmLock(NativeFile* file, int offset, int count, int flags) =>
        Of(file)->ShmLock(RecordedFile.Inner(file), offset, count, flags);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ShmBarrier(NativeFile* file) => Of(file)->ShmBarrier(RecordedFile.Inner(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmUnmap(NativeFile* file, int delete) =>
        Of(file)->ShmUnmap(RecordedFile.Inner(file), delete);
}

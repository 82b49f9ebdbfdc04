using System.Runtime.InteropServices;

namespace Cairn.Platform.Executors.Local.Processes;

/// <summary>
/// Starts programs with `posix_spawn`: a new session (the terminal's Ctrl-C and our own death do not reach it), files
/// instead of pipes (a pipe dies with us), and a start marker that the child itself creates.
/// </summary>
internal static class Spawner
{
    private const short SetSignalMask = 0x08;
    private const short SetSignalDefaults = 0x04;
    private const short SetSession = 0x80;
    private const int FileExists = 17;
    private const int MarkerDescriptor = 10;
    private const int Opaque = 1024;
    private const int SignalSet = 128;

    /// <summary>Its number, or null when the marker was there already. Throws <see cref="IOException"/>
    /// otherwise.</summary>
    public static int? Start(SpawnPlan plan)
    {
        var actions = Marshal.AllocHGlobal(Opaque);
        var attributes = Marshal.AllocHGlobal(Opaque);
        var arguments = Block(plan.Arguments);
        var environment = Block(plan.Environment);
        Libc.posix_spawn_file_actions_init(actions);
        Libc.posix_spawnattr_init(attributes);
        try
        {
            Describe(plan, actions, attributes);
            var error = Libc.posix_spawn(out var pid, plan.Program, actions, attributes, arguments, environment);
            return error switch
            {
                0 => pid,
                FileExists when plan.Marker is { } marker && File.Exists(marker) => null,
                _ => throw NotStarted(plan, error),
            };
        }
        finally
        {
            Libc.posix_spawn_file_actions_destroy(actions);
            Libc.posix_spawnattr_destroy(attributes);
            Marshal.FreeHGlobal(actions);
            Marshal.FreeHGlobal(attributes);
            Free(arguments, plan.Arguments.Count);
            Free(environment, plan.Environment.Count);
        }
    }

    // The child never came to run anything: another try may follow, and its marker must not stand in the way.
    private static IOException NotStarted(SpawnPlan plan, int error)
    {
        if (plan.Marker is { } marker)
            File.Delete(marker);
        return new IOException($"cannot start {plan.Program}: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    private static void Describe(SpawnPlan plan, nint actions, nint attributes)
    {
        // .NET ignores SIGPIPE and blocks some signals; what we start must not inherit that.
        Span<byte> all = stackalloc byte[SignalSet];
        all.Fill(0xff);
        Span<byte> none = stackalloc byte[SignalSet];
        none.Clear();
        Libc.posix_spawnattr_setflags(attributes, SetSession | SetSignalDefaults | SetSignalMask);
        Libc.posix_spawnattr_setsigdefault(attributes, all);
        Libc.posix_spawnattr_setsigmask(attributes, none);
        if (plan.Marker is { } marker)
        {
            Libc.posix_spawn_file_actions_addopen(
                actions, MarkerDescriptor, marker, Libc.OpenCreate | Libc.OpenExclusive | Libc.OpenWriteOnly, 0x180);
            Libc.posix_spawn_file_actions_addclose(actions, MarkerDescriptor);
        }

        foreach (var file in plan.Files)
            Libc.posix_spawn_file_actions_addopen(actions, file.Descriptor, file.Path, file.Flags, 0x180);
        foreach (var (from, to) in plan.Duplicates)
            Libc.posix_spawn_file_actions_adddup2(actions, from, to);
        if (plan.Folder is { } folder)
            Libc.posix_spawn_file_actions_addchdir_np(actions, folder);
    }

    private static nint Block(IReadOnlyList<string> texts)
    {
        var block = Marshal.AllocHGlobal((texts.Count + 1) * nint.Size);
        for (var i = 0; i < texts.Count; i++)
            Marshal.WriteIntPtr(block, i * nint.Size, Marshal.StringToCoTaskMemUTF8(texts[i]));
        Marshal.WriteIntPtr(block, texts.Count * nint.Size, 0);
        return block;
    }

    private static void Free(nint block, int count)
    {
        for (var i = 0; i < count; i++)
            Marshal.FreeCoTaskMem(Marshal.ReadIntPtr(block, i * nint.Size));
        Marshal.FreeHGlobal(block);
    }
}

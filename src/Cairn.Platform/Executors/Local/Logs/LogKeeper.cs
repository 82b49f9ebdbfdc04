using System.Buffers.Binary;
using System.Collections.Concurrent;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Executors.Local.Processes;

namespace Cairn.Platform.Executors.Local.Logs;

/// <summary>
/// Follows logs while tasks write them: notes when lines came, and gives the middle of a log that grew too large back
/// to the disk. Tasks write to their files themselves; nothing here can slow or stop them, and what was missed while no
/// engine lived is caught up with.
/// </summary>
internal sealed class LogKeeper : IDisposable
{
    private const uint Modified = 2;
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int EventHeader = 16;

    private readonly ConcurrentDictionary<int, FollowedLog> _followed = new();
    private readonly byte[] _events = new byte[64 << 10];
    private readonly int _inotify = Libc.inotify_init1(CloseOnExec | NonBlocking);
    private readonly LogLimits _limits;
    private readonly TimeProvider _clock;

    /// <summary>A keeper that listens on the watching thread.</summary>
    public LogKeeper(ProcessWatch watch, LogLimits limits, TimeProvider clock)
    {
        (_limits, _clock) = (limits, clock);
        if (_inotify >= 0)
            watch.OnReadable(_inotify, Listen);
    }

    /// <summary>
    /// Follows one log until disposed, and hides in it what the mask knows. Where the kernel has no watch left, it is
    /// read at its end only.
    /// </summary>
    public IDisposable Follow(TaskFolder folder, LogMask mask)
    {
        var log = new FollowedLog(folder, mask, _limits, _clock);
        var watch = _inotify < 0 ? -1 : Libc.inotify_add_watch(_inotify, folder.Log, Modified);
        if (watch >= 0)
            _followed[watch] = log;
        log.Touch();
        return new Following(this, log, watch);
    }

    /// <inheritdoc/>
    public void Dispose() => Libc.close(_inotify);

    private void Listen()
    {
        var length = (int)Libc.read(_inotify, _events, _events.Length);
        for (var at = 0; at + EventHeader <= length;)
        {
            var watch = BinaryPrimitives.ReadInt32LittleEndian(_events.AsSpan(at));
            var name = BinaryPrimitives.ReadInt32LittleEndian(_events.AsSpan(at + 12));
            if (_followed.TryGetValue(watch, out var log))
                log.Touch();
            at += EventHeader + name;
        }
    }

    private sealed class Following(LogKeeper keeper, FollowedLog log, int watch) : IDisposable
    {
        public void Dispose()
        {
            if (watch >= 0)
            {
                keeper._followed.TryRemove(watch, out _);
                _ = Libc.inotify_rm_watch(keeper._inotify, watch);
            }

            log.Finish();
        }
    }
}

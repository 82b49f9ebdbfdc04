using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Executors.Local.Processes;

namespace Cairn.Platform.Executors.Local.Logs;

/// <summary>
/// One log that grows. Its index gets a line for each bit that came, at most one every <see cref="s_rest"/>; values of
/// credentials in it are hidden; when the log outgrows its limit, a hole is punched between its head and its tail:
/// offsets stay, the blocks are free again.
/// </summary>
internal sealed class FollowedLog(TaskFolder folder, LogMask mask, LogLimits limits, TimeProvider clock)
{
    private const int PunchHoleKeepSize = 3;
    private const int ChunkBytes = 64 << 10;
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private LogIndex? _index;
    private int _touched;
    private bool _finished;

    /// <summary>Something came: it is read soon, once for all that comes until then.</summary>
    public void Touch()
    {
        if (Interlocked.Exchange(ref _touched, 1) == 0)
            _ = ReadSoon();
    }

    /// <summary>Reads what is left.</summary>
    public void Finish()
    {
        lock (_lock)
        {
            Advance();
            _finished = true;
        }
    }

    private async Task ReadSoon()
    {
        await Task.Delay(s_rest, clock);
        Interlocked.Exchange(ref _touched, 0);
        lock (_lock)
            if (!_finished)
                Advance();
    }

    private void Advance()
    {
        try
        {
            if (!File.Exists(folder.Log) || new FileInfo(folder.Log).Length == 0)
                return;
            _index ??= LogIndex.Read(folder.LogIndex);
            using var log = new FileStream(
                folder.Log, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 0);
            // Before the index says that it was looked at: after a crash it is looked at again.
            mask.Apply(log, _index.Offset);
            Count(log, _index);
            Trim(log, _index);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // A full disk or a folder that was removed: a log never stops its task.
        }
    }

    private void Count(FileStream log, LogIndex index)
    {
        var (offset, line) = (index.Offset, index.Line);
        if (log.Length <= offset)
            return;
        var chunk = new byte[ChunkBytes];
        log.Position = offset;
        for (int read; (read = log.Read(chunk)) > 0; offset += read)
            line += chunk.AsSpan(0, read).Count((byte)'\n');
        index.Add(clock.GetUtcNow(), offset, line);
    }

    private void Trim(FileStream log, LogIndex index)
    {
        var kept = log.Length - (index.Gap is { } had ? had.ToOffset - had.FromOffset : 0);
        if (kept <= limits.MaximumBytes)
            return;
        // Half of the tail goes at once, so that a steady writer costs a hole now and then, not one for each line.
        var head = index.Gap is { } gap
            ? (Offset: gap.FromOffset, Line: gap.FromLine)
            : After(log, limits.HeadBytes, 0, 0);
        var (known, knownLine) = index.Gap is { } old ? (old.ToOffset, old.ToLine) : head;
        var tail = After(log, log.Length - ((limits.MaximumBytes - limits.HeadBytes) / 2), known, knownLine);
        if (tail.Offset <= head.Offset)
            return;
        var descriptor = log.SafeFileHandle.DangerousGetHandle().ToInt32();
        if (Libc.fallocate(descriptor, PunchHoleKeepSize, head.Offset, tail.Offset - head.Offset) == 0)
            index.Leave(new LogGap(head.Offset, tail.Offset, head.Line, tail.Line));
    }

    /// <summary>The first line that begins at or after an offset, counted from a line whose offset is known.</summary>
    private static (long Offset, long Line) After(FileStream log, long least, long known, long line)
    {
        var chunk = new byte[ChunkBytes];
        log.Position = known;
        var offset = known;
        for (int read; (read = log.Read(chunk)) > 0; offset += read)
            for (var i = 0; i < read; i++)
                if (chunk[i] == '\n')
                {
                    line++;
                    if (offset + i + 1 >= least)
                        return (offset + i + 1, line);
                }

        return (offset, line);
    }
}

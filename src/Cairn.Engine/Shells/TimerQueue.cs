namespace Cairn.Engine.Shells;

/// <summary>
/// The timers of all runs by the monotonic clock. Set while the process lives, a timer is measured by it; taken from
/// the
/// journal, it is due by the wall clock of that moment. Released at a bounded rate: a token bucket.
/// </summary>
internal sealed class TimerQueue(TimeProvider time, int perSecond)
{
    private readonly PriorityQueue<Entry, (long Due, long Order)> _queue = new();
    private readonly long _start = time.GetTimestamp();
    private readonly double _burst = Math.Max(1, perSecond / 10.0);
    private double _tokens = Math.Max(1, perSecond / 10.0);
    private TimeSpan _filledAt;
    private long _order;

    public readonly record struct Entry(LiveRun Run, string Timer, DateTimeOffset Due);

    public void Set(LiveRun run, string timer, DateTimeOffset due)
    {
        var wait = due - time.GetUtcNow();
        var at = Elapsed + (wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
        _queue.Enqueue(new Entry(run, timer, due), (at.Ticks, _order++));
    }

    /// <summary>Takes one due timer, if the rate allows.</summary>
    public bool TryRelease(out Entry entry)
    {
        entry = default;
        var now = Elapsed;
        if (!_queue.TryPeek(out _, out var first) || first.Due > now.Ticks) return false;
        _tokens = Math.Min(_burst, _tokens + ((now - _filledAt).TotalSeconds * perSecond));
        _filledAt = now;
        if (_tokens < 1) return false;
        _tokens--;
        entry = _queue.Dequeue();
        return true;
    }

    /// <summary>How long until the next may be released; null: there is none.</summary>
    public TimeSpan? UntilNext()
    {
        if (!_queue.TryPeek(out _, out var first)) return null;
        var wait = TimeSpan.FromTicks(first.Due) - Elapsed;
        if (wait > TimeSpan.Zero) return wait;
        return _tokens >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds(1.0 / perSecond);
    }

    private TimeSpan Elapsed => time.GetElapsedTime(_start);
}

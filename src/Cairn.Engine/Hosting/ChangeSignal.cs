namespace Cairn.Engine.Hosting;

/// <summary>
/// Wakes who waits for the next change of one run, or of any; costs next to nothing while nobody waits. A wait that
/// began before a pulse never misses it: read <see cref="Next"/>, look, then wait.
/// </summary>
internal sealed class ChangeSignal
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, TaskCompletionSource> _waiting = [];

    /// <summary>Completes with the next change of the run in this row.</summary>
    public Task Next(long row)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue(row, out var next))
                _waiting[row] = next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return next.Task;
        }
    }

    public void Pulse(long row)
    {
        TaskCompletionSource? waited;
        lock (_lock)
        {
            if (_waiting.Count == 0 || !_waiting.Remove(row, out waited)) return;
        }

        waited.SetResult();
    }

    /// <summary>Any run may have changed: another process committed.</summary>
    public void PulseAll()
    {
        TaskCompletionSource[] waited;
        lock (_lock)
        {
            waited = [.. _waiting.Values];
            _waiting.Clear();
        }

        foreach (var one in waited) one.SetResult();
    }
}

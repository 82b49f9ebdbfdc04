using Cairn.Graphs.Tasks;

namespace Cairn.Platform.Executors.Local.Attempts;

/// <summary>What a live task was told; written by the engine's thread, read by the attempt.</summary>
internal sealed class TaskInbox(Standing first)
{
    private readonly Lock _lock = new();
    private Standing _standing = first;
    private TaskCompletionSource _changed = New();

    /// <summary>What is wanted now, and a task that completes when that changes.</summary>
    public (Standing Standing, Task Changed) Read()
    {
        lock (_lock)
            return (_standing, _changed.Task);
    }

    /// <summary>One more message.</summary>
    public void Put(TaskMessage message) => Set(standing => standing.After(message));

    /// <summary>The engine wants it stopped.</summary>
    public void Stop(StopKind kind) => Set(standing => standing.Stopped(kind));

    /// <summary>Whether the work came to its end before a stop did.</summary>
    public async Task<bool> UnlessStopped(Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var working = work(both.Token);
        while (!working.IsCompleted)
        {
            var (standing, changed) = Read();
            if (standing.Stop != StopKind.None)
            {
                await both.CancelAsync();
                await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return false;
            }

            await Task.WhenAny(working, changed);
        }

        await working;
        return true;
    }

    private void Set(Func<Standing, Standing> change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            var next = change(_standing);
            if (next == _standing)
                return;
            _standing = next;
            changed = _changed;
            _changed = New();
        }

        changed.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

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

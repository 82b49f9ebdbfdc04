namespace Cairn.Engine.Hosting;

/// <summary>
/// Wakes all who wait for the next change of the journal; costs next to nothing while nobody waits. A wait that began
/// before a pulse never misses it: read <see cref="Next"/>, look, then wait.
/// </summary>
internal sealed class ChangeSignal
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _next;

    public Task Next
    {
        get
        {
            lock (_lock) return (_next ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public void Pulse()
    {
        TaskCompletionSource? waited;
        lock (_lock) (waited, _next) = (_next, null);
        waited?.SetResult();
    }
}

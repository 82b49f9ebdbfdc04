namespace Cairn.Conformance.Worlds;

/// <summary>How many attempts are under way at real performers.</summary>
internal sealed class Busy
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Begin() => Interlocked.Increment(ref _count);

    /// <summary>Called after each end: who waits for one looks again.</summary>
    public Action Ended { get; set; } = static () => { };

    public void End()
    {
        Interlocked.Decrement(ref _count);
        Ended();
    }
}

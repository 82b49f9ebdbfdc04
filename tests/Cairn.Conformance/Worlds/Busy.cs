namespace Cairn.Conformance.Worlds;

/// <summary>How many attempts are under way at real performers.</summary>
internal sealed class Busy
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Begin() => Interlocked.Increment(ref _count);

    public void End() => Interlocked.Decrement(ref _count);
}

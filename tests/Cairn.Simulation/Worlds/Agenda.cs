namespace Cairn.Simulation.Worlds;

/// <summary>
/// Virtual time: what will happen, in the order of its moment, then in the order in which it was put down. Nothing runs
/// but in <see cref="Step"/>, on the caller's thread.
/// </summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<(Action Act, Life? Of), (long At, long Number)> _entries = new();
    private long _number;

    /// <summary>Time since the start of the world, in ticks of 100 ns; never goes back.</summary>
    public long Now { get; private set; }

    /// <summary>When the next thing happens; null: nothing will.</summary>
    public long? Next => _entries.TryPeek(out _, out var priority) ? Math.Max(priority.At, Now) : null;

    /// <summary>Puts something down; when <paramref name="of"/> has ended by then, it does not happen.</summary>
    public void After(TimeSpan delay, Action act, Life? of = null) => At(Now + delay.Ticks, act, of);

    /// <summary>Like <see cref="After"/>, at a moment.</summary>
    public void At(long moment, Action act, Life? of = null) => _entries.Enqueue((act, of), (moment, _number++));

    /// <summary>Goes to the next entry and does it; false: there is none.</summary>
    public bool Step()
    {
        if (!_entries.TryDequeue(out var entry, out var priority)) return false;
        Now = Math.Max(Now, priority.At);
        if (entry.Of is not { IsOver: true }) entry.Act();
        return true;
    }
}

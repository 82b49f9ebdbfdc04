namespace Cairn.Flows.Trials;

/// <summary>
/// What will happen in a test, by its clock; things due together happen in the order they were added.
/// </summary>
internal sealed class Agenda(TrialClock clock)
{
    private readonly PriorityQueue<Action, (TimeSpan At, long Order)> _entries = new();
    private long _order;

    /// <summary>Whether the test cannot go on.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>What has passed since the start.</summary>
    public TimeSpan Elapsed => clock.Elapsed;

    /// <summary>The time of the test.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>How long until the next thing happens; null: nothing will.</summary>
    public TimeSpan? UntilNext =>
        _entries.TryPeek(out _, out var next) ? TimeSpan.FromTicks(Math.Max(0, (next.At - clock.Elapsed).Ticks)) : null;

    /// <summary>Adds something.</summary>
    public void Add(double seconds, Action happens) =>
        _entries.Enqueue(happens, (clock.Elapsed + TimeSpan.FromSeconds(seconds), _order++));

    /// <summary>Ends the test where it stands.</summary>
    public void Stop() => IsStopped = true;

    /// <summary>Lets the first thing that is due happen; false: nothing is.</summary>
    public bool RunDue()
    {
        if (UntilNext is not { Ticks: 0 }) return false;
        _entries.Dequeue()();
        return true;
    }
}

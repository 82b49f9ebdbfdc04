namespace Cairn.Simulation.Worlds;

/// <summary>The clocks of the simulated machine: the monotonic one is the agenda's, the wall clock can be
/// set.</summary>
internal sealed class SimulatedClock(Agenda agenda) : TimeProvider
{
    private static readonly DateTimeOffset s_start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long _set;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => agenda.Now;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => s_start.AddTicks(agenda.Now + _set);

    /// <summary>Somebody sets the wall clock forward, or back.</summary>
    public void Jump(TimeSpan by) => _set += by.Ticks;
}

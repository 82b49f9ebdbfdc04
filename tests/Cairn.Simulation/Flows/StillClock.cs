namespace Cairn.Simulation.Flows;

/// <summary>A clock that goes on only when it is told to.</summary>
internal sealed class StillClock : TimeProvider
{
    private static readonly DateTimeOffset _beginning = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private TimeSpan _elapsed;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _beginning + _elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp() => 1 + _elapsed.Ticks;

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan by) => _elapsed += by;
}

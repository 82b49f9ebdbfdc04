namespace Cairn.Conformance.Worlds;

/// <summary>A clock that stands still until the world has nothing else to do.</summary>
internal sealed class VirtualClock : TimeProvider
{
    /// <summary>When every case begins.</summary>
    public static DateTimeOffset Beginning { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private TimeSpan _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Elapsed => _elapsed;

    public override DateTimeOffset GetUtcNow() => Beginning + _elapsed;

    public override long GetTimestamp() => 1 + _elapsed.Ticks;

    public void Advance(TimeSpan by) => _elapsed += by;
}

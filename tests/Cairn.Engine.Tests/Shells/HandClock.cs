namespace Cairn.Engine.Tests.Shells;

/// <summary>A clock that stands still until a test moves it; the wall can jump without the monotonic one.</summary>
internal sealed class HandClock : TimeProvider
{
    private DateTimeOffset _wall = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long _ticks = 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _wall;

    public override long GetTimestamp() => _ticks;

    public void Advance(TimeSpan by)
    {
        _wall += by;
        _ticks += by.Ticks;
    }

    public void JumpWall(TimeSpan by) => _wall += by;
}

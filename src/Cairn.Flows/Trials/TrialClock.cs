namespace Cairn.Flows.Trials;

/// <summary>The clock of one test: it stands still while anything can happen, then jumps to the next moment.</summary>
internal sealed class TrialClock(DateTimeOffset start) : TimeProvider
{
    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>What has passed since the start.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => start + Elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp() => 1 + Elapsed.Ticks;

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan by) => Elapsed += by;
}

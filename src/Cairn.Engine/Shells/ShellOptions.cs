namespace Cairn.Engine.Shells;

/// <summary>The limits of a shell. Every queue, loop and batch has one.</summary>
public sealed record ShellOptions
{
    /// <summary>Events in one transaction; more wait for the next.</summary>
    public int BatchRecords { get; init; } = 256;

    /// <summary>Events of one run in a transaction that others share: a wide run leaves them short commits.</summary>
    public int BatchShare { get; init; } = 16;

    /// <summary>Bytes of payload in one transaction, checked after each event.</summary>
    public long BatchBytes { get; init; } = 1024 * 1024;

    /// <summary>Visits to ready runs in one turn, and hand-outs in one turn.</summary>
    public int TurnVisits { get; init; } = 256;

    /// <summary>
    /// Idle runs that keep their state in memory; the longest idle beyond are loaded again when needed.
    /// </summary>
    public int LoadedRuns { get; init; } = 1024;

    /// <summary>Open runs; a submit beyond is refused with `too many runs waiting`.</summary>
    public int OpenRuns { get; init; } = 1_000_000;

    /// <summary>Events that wait for their run, over all runs; a submit beyond is refused.</summary>
    public int WaitingEvents { get; init; } = 1_000_000;

    /// <summary>
    /// Bytes of requests of waiting effects that stay in memory; others are read back from the journal.
    /// </summary>
    public long CachedRequests { get; init; } = 16 * 1024 * 1024;

    /// <summary>Due timers released in a second; the rest follow.</summary>
    public int TimersPerSecond { get; init; } = 10_000;

    /// <summary>A first snapshot is not taken before so many bytes of records.</summary>
    public int SnapshotBytes { get; init; } = 64 * 1024;

    /// <summary>How long to wait after a full disk before trying again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);
}

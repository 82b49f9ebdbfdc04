namespace Cairn.Engine.Effects;

/// <summary>What a performer says about a live effect. Closed.</summary>
public abstract record Report
{
    private Report() { }

    /// <summary>
    /// It runs under this handle (job id, pid and start time); journaled before anything depends on it.
    /// </summary>
    public sealed record Accepted(ReadOnlyMemory<byte> Handle) : Report;

    /// <summary>Its visible state changed. Polls that change nothing are not reported.</summary>
    public sealed record Progressed(ReadOnlyMemory<byte> State) : Report;

    /// <summary>It is over: the last report, exactly one.</summary>
    public sealed record Ended(Ending Ending, ReadOnlyMemory<byte> Result) : Report;
}

/// <summary>How an effect ended.</summary>
public enum Ending
{
    /// <summary>The performer knows what happened; the result says it, success or failure alike.</summary>
    Known,

    /// <summary>An ambiguous effect was started, and a crash took the answer: it may have happened or not.</summary>
    Unknown,

    /// <summary>It was stopped because its run was parked; the engine will hand it out again on resume.</summary>
    Interrupted,
}

namespace Cairn.Platform.Triggers.Ledgers;

/// <summary>What is to be written about one trigger and one happening.</summary>
/// <param name="Trigger">The trigger's id.</param>
/// <param name="Happened">What happened.</param>
/// <param name="Verdict">What the trigger makes of it.</param>
public sealed record Decision(string Trigger, Happening Happened, Verdict Verdict)
{
    /// <summary>Whether a claim that is there may be repeated: the next round.</summary>
    public bool Again { get; init; }
}

/// <summary>One line of the log.</summary>
/// <param name="Number">Grows.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Trigger">The trigger's id.</param>
/// <param name="Subject">What it was about.</param>
/// <param name="Version">Its version.</param>
/// <param name="Outcome">
/// `fired`, `refused` (its run could not be made), `duplicate`, `too_old`, or the reason of a silence such as
/// `paused`.
/// </param>
/// <param name="Detail">In words; empty for `fired`.</param>
public sealed record LogLine(
    long Number, DateTimeOffset At, string Trigger, string Subject, long Version, string Outcome, string Detail)
{
    /// <summary>The claim that it made, or null.</summary>
    public long? Claim { get; init; }

    /// <summary>The run's id once it is started.</summary>
    public string? Run { get; init; }
}

namespace Cairn.Platform.Triggers.Following;

/// <summary>What a follower has of the world beside stores and ledger.</summary>
/// <param name="Clock">The time.</param>
/// <param name="Start">Submits a run; called again with the same order after a crash.</param>
/// <param name="Say">A line for people.</param>
public sealed record TriggerWorld(
    TimeProvider Clock, Func<StartOrder, CancellationToken, Task<StartOutcome>> Start, Action<string> Say);

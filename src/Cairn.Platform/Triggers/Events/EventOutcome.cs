namespace Cairn.Platform.Triggers.Events;

/// <summary>What was read of a message.</summary>
/// <param name="Events">The good ones, in order.</param>
/// <param name="Problems">What is wrong with the others; of a batch each names its place.</param>
public sealed record EventOutcome(IReadOnlyList<CloudEvent> Events, IReadOnlyList<string> Problems)
{
    /// <summary>Nothing but a problem.</summary>
    internal static EventOutcome Wrong(string problem) => new([], [problem]);
}

namespace Cairn.Graphs.Tasks;

/// <summary>What the graph program tells a live task.</summary>
/// <param name="Verb">What to do.</param>
/// <param name="Serial">
/// Counts the messages to this effect from 1: a message seen twice is done once.
/// </param>
public sealed record TaskMessage(TaskVerb Verb, int Serial);

/// <summary>What a task is told.</summary>
public enum TaskVerb
{
    /// <summary>The barrier is open: start the command.</summary>
    Go,

    /// <summary>
    /// Kill the command's process group and start it again in the same place; waits at the barrier again.
    /// </summary>
    Restart,

    /// <summary>TERM, 10 s, KILL; outputs are not uploaded. Ends as <see cref="TaskEnding.Stopped"/>.</summary>
    Stop,

    /// <summary>KILL at once; outputs are not uploaded.</summary>
    Kill,
}

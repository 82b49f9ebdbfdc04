namespace Cairn.Engine.Runs;

/// <summary>What became of a run, in one vocabulary for all languages (`state` is the language's own word).</summary>
public enum Outcome
{
    /// <summary>Nothing has to arrive before it can go on.</summary>
    Running,

    /// <summary>It waits for an effect, a timer, the inbox, capacity, or a person (parked).</summary>
    Waiting,

    /// <summary>Ended as it should.</summary>
    Succeeded,

    /// <summary>Ended otherwise, or parked as STUCK or DIVERGED.</summary>
    Failed,

    /// <summary>Ended because somebody asked for it.</summary>
    Cancelled,
}

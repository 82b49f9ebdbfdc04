namespace Cairn.Engine.Effects;

/// <summary>
/// How a kind of effect recovers when the engine died after its commit and before its end was journaled.
/// </summary>
public enum RecoveryClass
{
    /// <summary>Harmless to do again: reads, creates under a deterministic name.</summary>
    Repeat,

    /// <summary>Has a handle or can be found by its key: tasks, jobs, operations, child runs.</summary>
    Reattach,

    /// <summary>Look whether our key is already there, then decide: store writes.</summary>
    Verify,

    /// <summary>
    /// None of these: a POST to a stranger. The engine commits "attempt started" before the hand-out; found started and
    /// unfinished after a crash, the program gets <see cref="Ending.Unknown"/> and the run's record says so.
    /// </summary>
    Ambiguous,
}

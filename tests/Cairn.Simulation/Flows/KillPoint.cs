namespace Cairn.Simulation.Flows;

/// <summary>Where the engine's process dies: at one of its commits.</summary>
/// <param name="Commit">Which, from 1.</param>
/// <param name="Moment">When, as seen from the commit.</param>
internal readonly record struct KillPoint(int Commit, KillMoment Moment);

/// <summary>When the process dies, as seen from a commit.</summary>
internal enum KillMoment
{
    /// <summary>Nothing of the commit is there.</summary>
    BeforeCommit,

    /// <summary>It is there, and nothing of it was handed out.</summary>
    AfterCommit,

    /// <summary>Its effects were handed out and done; their answers are lost.</summary>
    AfterHandOut,
}

namespace Cairn.Simulation.Scripts;

/// <summary>
/// A small program for the simulator, written as nested lists: `(seq (task) (fan (read) (sleep 500)))`. Its result does
/// not depend on the order in which things happen, so a run with faults can be compared with one without. Closed.
/// </summary>
internal abstract record Script
{
    private Script() { }

    /// <summary>One after another.</summary>
    public sealed record Sequence(IReadOnlyList<Script> Parts) : Script;

    /// <summary>All at once, over when all are over.</summary>
    public sealed record Fan(IReadOnlyList<Script> Parts) : Script;

    /// <summary>One effect; its verb names the performer's act: `read`, `task`, `put`, `lock`, `drop`,
    /// `post`.</summary>
    public sealed record Effect(string Verb) : Script;

    /// <summary>An effect that fails so often, a pause between the attempts.</summary>
    public sealed record Flaky(int Failures) : Script;

    /// <summary>Tasks that start together and wait for a word that all are ready.</summary>
    public sealed record Gang(int Members) : Script;

    /// <summary>A durable sleep.</summary>
    public sealed record Sleep(int Milliseconds) : Script;

    /// <summary>Waits for a signal of its own from outside.</summary>
    public sealed record Listen : Script;

    /// <summary>So many steps that cost fuel and nothing else.</summary>
    public sealed record Spin(int Steps) : Script;

    /// <summary>A run of its own, awaited.</summary>
    public sealed record Child(Script Body) : Script;

    /// <summary>A task that nobody waits for: the run may end over it.</summary>
    public sealed record Orphan : Script;
}

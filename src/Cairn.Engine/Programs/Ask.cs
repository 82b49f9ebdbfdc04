namespace Cairn.Engine.Programs;

/// <summary>
/// An effect to start. Whatever changes what it does (image digest, region, pool, attempt) is decided here.
/// </summary>
/// <param name="Kind">Which performer: `task`, `http`, `store.put`.</param>
/// <param name="Request">The request, UTF-8 JSON of the kind's own shape.</param>
public sealed record Ask(string Kind, ReadOnlyMemory<byte> Request)
{
    /// <summary>
    /// Effects of one run with the same gang are admitted whole or not at all (a group of tasks). All members are asked
    /// in the same turn. Null: alone.
    /// </summary>
    public string? Gang { get; init; }

    /// <summary>The queue inside the performer: a pool's name. Empty: the performer's only one.</summary>
    public string Queue { get; init; } = "";

    /// <summary>Which attempt at the same thing this is, counted by the program from 0.</summary>
    public int Attempt { get; init; }

    /// <summary>A larger one is handed out first; 0 is normal.</summary>
    public int Priority { get; init; }

    /// <summary>What people call it in `runs why`: a task's name, a step.</summary>
    public string Label { get; init; } = "";
}

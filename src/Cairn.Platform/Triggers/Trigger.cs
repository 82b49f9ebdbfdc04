namespace Cairn.Platform.Triggers;

/// <summary>A rule that turns an event into a run, as cairn.yaml declares it.</summary>
/// <param name="Id">Its identity: state, log and keys hang on it.</param>
/// <param name="Cause">What it waits for.</param>
/// <param name="Run">The project's program that it starts.</param>
public sealed record Trigger(string Id, TriggerCause Cause, string Run)
{
    /// <summary>What the run gets; null: the event itself for a flow, nothing for a graph.</summary>
    public ArgumentTemplate? Arguments { get; init; }

    /// <summary>Members beside those of the event that a flow gets; null: none.</summary>
    public ArgumentTemplate? Payload { get; init; }

    /// <summary>Labels of the runs; values may hold `{captures}`.</summary>
    public IReadOnlyList<KeyValuePair<string, TextTemplate>> Labels { get; init; } = [];

    /// <summary>`enabled:`.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The modes of the project in which it is active; empty: all.</summary>
    public IReadOnlyList<string> When { get; init; } = [];
}

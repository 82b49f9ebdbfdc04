using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>What a strand waits for; plain data, kept in snapshots.</summary>
internal sealed record Waiting
{
    /// <summary>The effect, or 0 for none.</summary>
    public long Effect { get; init; }

    /// <summary>The timers that are set, each with what for: `sleep`, `timeout`, `retry`.</summary>
    public IReadOnlyList<string> Timers { get; init; } = [];

    /// <summary>When the first of them is due, for people.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>The callback endpoint that is awaited, or null.</summary>
    public string? Callback { get; init; }

    /// <summary>Which attempt of the same call this is, from 0.</summary>
    public int Attempt { get; init; }

    /// <summary>The arguments of the call, for another attempt.</summary>
    public FlowValue Arguments { get; init; }

    /// <summary>Whether it waits for its branches.</summary>
    public bool ForBranches { get; init; }
}

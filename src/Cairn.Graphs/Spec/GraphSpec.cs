using System.Text.Json.Serialization;
using Cairn.Graphs.Tasks;

namespace Cairn.Graphs.Spec;

/// <summary>A graph after both template passes and validation: `workflow` of spec/osmo.md 1.3.</summary>
public sealed record GraphSpec
{
    /// <summary>Its name: a letter, then letters, digits, `-` and `_`; at most 64.</summary>
    public required string Name { get; init; }

    /// <summary>Labels in the order written.</summary>
    public IReadOnlyList<NameValue> Labels { get; init; } = [];

    /// <summary>The pool as written; the submitter's choice overrides it.</summary>
    public string Pool { get; init; } = "";

    /// <summary>Seconds that a group may run, as written; null or 0: the pool's default.</summary>
    public double? ExecTimeoutSeconds { get; init; }

    /// <summary>Seconds that a group may wait for capacity, as written; null or 0: the pool's default.</summary>
    public double? QueueTimeoutSeconds { get; init; }

    /// <summary>Resources by name; `default` is what a task takes that names none.</summary>
    public IReadOnlyList<GraphResource> Resources { get; init; } = [];

    /// <summary>Groups in order; a bare task is a group of one, called `task-group`.</summary>
    public required IReadOnlyList<GraphGroup> Groups { get; init; }
}

/// <summary>Tasks that start together.</summary>
public sealed record GraphGroup
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether commands wait for each other's inputs; means nothing for a single task.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool Barrier { get; init; } = true;

    /// <summary>Whether only the lead decides how the group ends.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool IgnoreNonleadStatus { get; init; } = true;

    /// <summary>At least one; exactly one leads.</summary>
    public required IReadOnlyList<GraphTask> Tasks { get; init; }
}

/// <summary>A named request of machine capacity; null is the pool's default.</summary>
public sealed record GraphResource
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whole cores.</summary>
    public int? Cpu { get; init; }

    /// <summary>Devices.</summary>
    public int? Gpu { get; init; }

    /// <summary>A quantity with its unit: `64Gi`.</summary>
    public string? Memory { get; init; }

    /// <summary>Ephemeral disk, a quantity with its unit.</summary>
    public string? Storage { get; init; }

    /// <summary>Node class.</summary>
    public string? Platform { get; init; }

    /// <summary>Nodes to stay away from.</summary>
    public IReadOnlyList<string> NodesExcluded { get; init; } = [];

    /// <summary>What must be near to what.</summary>
    public IReadOnlyList<GraphTopology> Topology { get; init; } = [];
}

/// <summary>Tasks of one <paramref name="Group"/> want nodes that share the value of <paramref name="Key"/>.</summary>
/// <param name="Key">A topology key of the pool.</param>
/// <param name="Group">`default` unless written.</param>
/// <param name="RequirementType">`required` or `preferred`.</param>
public sealed record GraphTopology(string Key, string Group, string RequirementType);

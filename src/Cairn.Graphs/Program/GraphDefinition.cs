using System.Text.Json.Serialization;
using Cairn.Graphs.Spec;

namespace Cairn.Graphs.Program;

/// <summary>The pinned document of a graph run: the graph after both passes, and what was decided before it.</summary>
public sealed record GraphDefinition
{
    /// <summary>The graph.</summary>
    public required GraphSpec Spec { get; init; }

    /// <summary>The pool that admits its tasks.</summary>
    public GraphPool Pool { get; init; } = new();

    /// <summary>Images that orders name otherwise than the graph: pinned to a digest.</summary>
    public IReadOnlyList<PinnedImage> Images { get; init; } = [];

    /// <summary>Whether a task may take the outputs of an equal one that ended before.</summary>
    public bool Reuse { get; init; }

    /// <summary>The run whose failed part this one repeats, or null.</summary>
    public string? RestartOf { get; init; }
}

/// <summary>What a pool says about the tasks that it admits (spec/osmo.md 1.4, 1.11, 5.1).</summary>
public sealed record GraphPool
{
    /// <summary>60 days, the original's default and maximum of both timeouts.</summary>
    public const double SixtyDays = 60 * 86400;

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "local";

    /// <summary>How often RESCHEDULE may repeat a task; 0: it does nothing.</summary>
    public int MaxRetryPerTask { get; init; }

    /// <summary>Seconds that a group may run when the graph says nothing.</summary>
    public double DefaultExecTimeoutSeconds { get; init; } = SixtyDays;

    /// <summary>Seconds that a group may wait for capacity when the graph says nothing.</summary>
    public double DefaultQueueTimeoutSeconds { get; init; } = SixtyDays;

    /// <summary>What a graph's exec timeout is clamped to.</summary>
    public double MaxExecTimeoutSeconds { get; init; } = SixtyDays;

    /// <summary>What a graph's queue timeout is clamped to.</summary>
    public double MaxQueueTimeoutSeconds { get; init; } = SixtyDays;

    /// <summary>Seconds that a task may be initialising.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double StartTimeoutSeconds { get; init; } = 1800;

    /// <summary>Tried after a task's own exit actions, in this order.</summary>
    public IReadOnlyList<ExitAction> DefaultExitActions { get; init; } = [];
}

/// <summary>An image reference and what it was pinned to before the run began.</summary>
public sealed record PinnedImage(string Written, string Pinned);

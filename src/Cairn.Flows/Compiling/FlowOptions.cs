namespace Cairn.Flows.Compiling;

/// <summary>How a flow is looked at; pinned in its run.</summary>
public sealed record FlowOptions
{
    /// <summary>T01 to T30 of spec/workflows.md 9 run, each with a warning; else they are errors.</summary>
    public bool Lenient { get; init; }

    /// <summary>Ceilings of the original on sizes are errors, not warnings.</summary>
    public bool Strict { get; init; }

    /// <summary>Limits that the language reports as errors of a run.</summary>
    public FlowLimits Limits { get; init; } = new();
}

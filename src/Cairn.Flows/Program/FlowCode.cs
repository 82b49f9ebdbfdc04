using Cairn.Flows.Compiling;

namespace Cairn.Flows.Program;

/// <summary>A compiled flow. Immutable: many runs share it.</summary>
internal sealed class FlowCode
{
    private Dictionary<string, Op>? _named;

    /// <summary>The routine that a run begins with.</summary>
    public required RoutineCode Main { get; init; }

    /// <summary>All routines by name.</summary>
    public required IReadOnlyDictionary<string, RoutineCode> Routines { get; init; }

    /// <summary>All steps in the order of the text.</summary>
    public required IReadOnlyList<StepCode> Steps { get; init; }

    /// <summary>How the flow was looked at.</summary>
    public required FlowOptions Options { get; init; }

    /// <summary>The limits that hold.</summary>
    public FlowLimits Limits => Options.Limits;

    /// <summary>All operations.</summary>
    public required IReadOnlyList<Op> Ops { get; init; }

    /// <summary>The step of an id.</summary>
    public StepCode StepNamed(string id) => Steps.First(step => step.Id == id);

    /// <summary>The operation of a name: the table is made for the first snapshot that is read.</summary>
    public Op Named(string name) =>
        (_named ??= Ops.ToDictionary(static op => op.Name, StringComparer.Ordinal)).TryGetValue(name, out var op)
            ? op
            : throw new InvalidOperationException($"this version knows no operation '{name}' of the flow");
}

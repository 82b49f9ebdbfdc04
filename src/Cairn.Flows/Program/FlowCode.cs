using Cairn.Flows.Compiling;

namespace Cairn.Flows.Program;

/// <summary>A compiled flow. Immutable: many runs share it.</summary>
internal sealed class FlowCode
{
    private readonly SortedDictionary<string, Op> _ops = new(StringComparer.Ordinal);

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

    /// <summary>The operations that a run can stand at or be inside of, by name.</summary>
    public IReadOnlyDictionary<string, Op> Ops => _ops;

    /// <summary>The step of an id.</summary>
    public StepCode StepNamed(string id) => Steps.First(step => step.Id == id);

    /// <summary>Makes an operation known by its name.</summary>
    public void Add(Op op) => _ops.Add(op.Name, op);
}

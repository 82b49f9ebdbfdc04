using Cairn.Flows.Program.Ops;

namespace Cairn.Flows.Compiling;

/// <summary>A list of steps, the lists around it, and where its jumps may lead (spec/workflows.md 1.4).</summary>
/// <param name="Outer">The list around it; null: the routine's own.</param>
/// <param name="Boundary">What lies between the two.</param>
/// <param name="Depth">Blocks that are open in it.</param>
internal sealed record JumpContext(JumpContext? Outer, JumpBoundary Boundary, int Depth)
{
    /// <summary>Its steps by name.</summary>
    public SortedDictionary<string, LabelOp> Steps { get; } = new(StringComparer.Ordinal);

    /// <summary>For the body of a loop: where `continue` leads.</summary>
    public LabelOp? Continue { get; init; }

    /// <summary>For the body of a `for`: where `break` leads.</summary>
    public LabelOp? Break { get; init; }
}

/// <summary>What lies between a list of steps and the one around it.</summary>
internal enum JumpBoundary
{
    /// <summary>Nothing that a jump may not leave.</summary>
    None,

    /// <summary>A `for`: only `break`, `continue`, `end`, `return` and `raise` leave it.</summary>
    Loop,

    /// <summary>A branch: it is left at its end or by `raise`.</summary>
    Branch,

    /// <summary>An iteration of a parallel `for`: `continue` ends it.</summary>
    Iteration,
}

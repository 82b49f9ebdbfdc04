namespace Cairn.Flows.Compiling;

/// <summary>A flow as it would run, or everything that keeps it from running.</summary>
/// <param name="Flow">The flow; null when there are errors.</param>
/// <param name="Errors">All errors, in the order of the file.</param>
/// <param name="Warnings">All warnings, in the order of the file.</param>
public sealed record FlowOutcome(
    Flow? Flow, IReadOnlyList<FlowProblem> Errors, IReadOnlyList<FlowWarning> Warnings);

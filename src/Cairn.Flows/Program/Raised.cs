using Cairn.Flows.Sources;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>An error and where it was raised.</summary>
/// <param name="Error">What was raised.</param>
/// <param name="Stack">The steps it came through, innermost first.</param>
internal sealed record Raised(FlowError Error, IReadOnlyList<StackFrame> Stack);

/// <summary>A step that an error came through.</summary>
/// <param name="Step">The step.</param>
/// <param name="Place">What of it was being done.</param>
internal readonly record struct StackFrame(StepCode Step, SourcePlace Place);

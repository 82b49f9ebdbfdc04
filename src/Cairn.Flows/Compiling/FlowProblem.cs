namespace Cairn.Flows.Compiling;

/// <summary>Something that keeps a flow from running.</summary>
/// <param name="Message">What is wrong: routine, step, what was expected and what came.</param>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">From 1, or null.</param>
/// <param name="Column">From 1, or null.</param>
/// <param name="Hint">What to do, or null.</param>
public sealed record FlowProblem(string Message, string File, int? Line, int? Column, string? Hint);

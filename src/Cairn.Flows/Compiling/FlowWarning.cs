namespace Cairn.Flows.Compiling;

/// <summary>Something odd in a flow that runs all the same.</summary>
/// <param name="Code">Its rule: `T01` to `T30` for what was tolerated, or a limit's name.</param>
/// <param name="Message">What is odd.</param>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">From 1, or null.</param>
/// <param name="Column">From 1, or null.</param>
/// <param name="Hint">The valid form, or what to do; may be null.</param>
public sealed record FlowWarning(string Code, string Message, string File, int? Line, int? Column, string? Hint);

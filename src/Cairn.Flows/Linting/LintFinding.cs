namespace Cairn.Flows.Linting;

/// <summary>One thing that the linter found.</summary>
/// <param name="Rule">What kind of thing.</param>
/// <param name="Message">What stands there and why it is wrong.</param>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">From 1, or null.</param>
/// <param name="Column">From 1, or null.</param>
/// <param name="Hint">What to write instead, or null.</param>
public sealed record LintFinding(
    LintRule Rule, string Message, string File, int? Line, int? Column, string? Hint);

namespace Cairn.Cli.Faults;

/// <summary>One thing that is wrong, for people and scripts alike.</summary>
/// <param name="Message">What was expected and what came; no full stop at the end.</param>
/// <param name="File">The file as the user named it, or null.</param>
/// <param name="Line">From 1, or null.</param>
/// <param name="Column">From 1, or null.</param>
/// <param name="Hint">What to do, or null.</param>
internal sealed record Problem(
    string Message, string? File = null, int? Line = null, int? Column = null, string? Hint = null);

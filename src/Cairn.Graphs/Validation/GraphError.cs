namespace Cairn.Graphs.Validation;

/// <summary>Something that makes a graph unusable, as a fact for its author.</summary>
/// <param name="Message">One sentence that names the field, name or variable at fault.</param>
/// <param name="File">The file it stands in.</param>
/// <param name="Line">Line in that file, from 1; null when it has none.</param>
/// <param name="Column">Column in that line, from 1; null when the line was made by a template.</param>
/// <param name="Hint">What to do, or null.</param>
public sealed record GraphError(string Message, string File, int? Line, int? Column, string? Hint);

/// <summary>Something that works, but perhaps not as its author thinks.</summary>
/// <param name="Code">A stable word for suppressing and searching: `reschedule-without-retries`.</param>
/// <param name="Message">One sentence.</param>
/// <param name="File">The file it stands in.</param>
/// <param name="Line">Line in that file, from 1; null when it has none.</param>
/// <param name="Column">Column, from 1, or null.</param>
/// <param name="Hint">What to do, or null.</param>
public sealed record GraphWarning(string Code, string Message, string File, int? Line, int? Column, string? Hint);

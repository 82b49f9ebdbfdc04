namespace Cairn.Platform.Projects;

/// <summary>One thing that is wrong with a project file or a secrets file.</summary>
/// <param name="Message">What was expected and what came.</param>
/// <param name="File">The file it stands in.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Hint">What to do, or null.</param>
public sealed record ProjectProblem(string Message, string File, int Line, int Column, string? Hint = null);

/// <summary>A project file that cannot be used; exit code 2. All that is wrong with it, sorted by place.</summary>
/// <param name="problems">At least one.</param>
public sealed class ProjectException(IReadOnlyList<ProjectProblem> problems)
    : Exception(string.Join('\n', problems.Select(p => $"{p.File}:{p.Line}:{p.Column}: {p.Message}")))
{
    /// <summary>At least one.</summary>
    public IReadOnlyList<ProjectProblem> Problems { get; } = problems;
}

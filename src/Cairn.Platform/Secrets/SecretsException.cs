using Cairn.Platform.Projects;

namespace Cairn.Platform.Secrets;

/// <summary>
/// A secrets file that must not or cannot be used; exit code 3 where its mode or owner is wrong, else 2. No message
/// holds a value.
/// </summary>
/// <param name="isUnsafe">Whether others may read the file, or it is somebody else's.</param>
/// <param name="problems">At least one.</param>
public sealed class SecretsException(bool isUnsafe, IReadOnlyList<ProjectProblem> problems)
    : Exception(string.Join('\n', problems.Select(p => $"{p.File}:{p.Line}:{p.Column}: {p.Message}")))
{
    /// <summary>Whether others may read the file, or it is somebody else's.</summary>
    public bool IsUnsafe { get; } = isUnsafe;

    /// <summary>At least one.</summary>
    public IReadOnlyList<ProjectProblem> Problems { get; } = problems;
}

namespace Cairn.Platform.Projects;

/// <summary>A flow or a graph of the project.</summary>
/// <param name="Name">Its file's name without the ending.</param>
/// <param name="IsGraph">Whether it stands under `graphs:`, else under `flows:`.</param>
/// <param name="File">Absolute.</param>
public sealed record ProjectProgram(string Name, bool IsGraph, string File);

/// <summary>What triggers, jobs and people can start by name.</summary>
public static class ProjectPrograms
{
    /// <summary>
    /// All programs that the patterns of a project name now, sorted by name; the first of a name counts.
    /// </summary>
    public static IReadOnlyList<ProjectProgram> Of(Project project) => Of(project.Flows, project.Graphs);

    internal static IReadOnlyList<ProjectProgram> Of(IReadOnlyList<string> flows, IReadOnlyList<string> graphs) =>
        [.. Files(graphs, isGraph: true).Concat(Files(flows, isGraph: false))
            .DistinctBy(program => program.Name, StringComparer.Ordinal)
            .OrderBy(program => program.Name, StringComparer.Ordinal)];

    private static IEnumerable<ProjectProgram> Files(IReadOnlyList<string> patterns, bool isGraph) => patterns
        .SelectMany(ProjectFiles.Matching)
        .Where(File.Exists)
        .Select(file => new ProjectProgram(Path.GetFileNameWithoutExtension(file), isGraph, file));
}

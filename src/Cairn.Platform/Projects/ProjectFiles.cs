using Cairn.Platform.Projects.Schema;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Cairn.Platform.Projects;

/// <summary>
/// The texts of a project: cairn.yaml and what it includes, checked one by one against the schema. Maps of the same
/// section are joined, a name that stands twice is a problem; lists are appended in the order of reading.
/// </summary>
internal sealed class ProjectFiles
{
    private const int MostFiles = 1000;

    private readonly List<ProjectProblem> _problems = [];
    private readonly List<(string File, YamlMappingNode Root)> _read = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    internal IReadOnlyList<ProjectProblem> Problems =>
        [.. _problems.OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line).ThenBy(p => p.Column)];

    /// <summary>Every file with its root, cairn.yaml first.</summary>
    internal IReadOnlyList<(string File, YamlMappingNode Root)> Read => _read;

    /// <summary>Reads the project file and what it includes.</summary>
    internal static ProjectFiles Open(string file)
    {
        var files = new ProjectFiles();
        files.Add(file, isFirst: true);
        return files;
    }

    /// <summary>Reports a problem at a node.</summary>
    internal void Report(string file, YamlNode node, string message, string? hint = null) =>
        new ShapeCheck(file, _problems).Report(node, message, hint);

    /// <summary>All entries of a section that is a map, with the file that each stands in.</summary>
    internal List<(string File, string Name, YamlNode Key, YamlNode Value)> Entries(string section)
    {
        var found = new List<(string File, string Name, YamlNode Key, YamlNode Value)>();
        foreach (var (file, node) in Sections(section))
        {
            foreach (var (key, value) in (node as YamlMappingNode ?? new YamlMappingNode()).Children)
            {
                var name = (key as YamlScalarNode)?.Value ?? "";
                if (found.Find(other => other.Name == name) is { Name: not null } first)
                    Report(
                        file, key, $"{section}.{name} stands twice",
                        $"first: {first.File}:{first.Key.Start.Line}:{first.Key.Start.Column}");
                else
                    found.Add((file, name, key, value));
            }
        }

        return found;
    }

    /// <summary>All items of a section that is a list, with the file that each stands in.</summary>
    internal List<(string File, YamlNode Item)> Items(string section) =>
        [.. Sections(section).SelectMany(found =>
            ((found.Node as YamlSequenceNode)?.Children ?? []).Select(item => (found.File, item)))];

    /// <summary>A section in each file that has it.</summary>
    internal IEnumerable<(string File, YamlNode Node)> Sections(string section)
    {
        foreach (var (file, root) in _read)
            if (root.Children.TryGetValue(new YamlScalarNode(section), out var node))
                yield return (file, node);
    }

    /// <summary>Files that a pattern names: `*` in the last part stands for any text.</summary>
    internal static IEnumerable<string> Matching(string pattern)
    {
        var folder = Path.GetDirectoryName(pattern)!;
        if (!pattern.Contains('*', StringComparison.Ordinal))
            return [pattern];
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, Path.GetFileName(pattern)).Order(StringComparer.Ordinal)
            : [];
    }

    private void Add(string file, bool isFirst)
    {
        if (!_known.Add(file) || _known.Count > MostFiles)
            return;
        if (Parse(file) is not { } root)
            return;
        _read.Add((file, root));
        var fields = isFirst
            ? ProjectSchema.Root
            : new Shape.Record([.. ProjectSchema.Root.Fields.Where(field => field.Name is not ("cairn" or "name"))]);
        new ShapeCheck(file, _problems).Check(root, fields, "");
        if (!root.Children.TryGetValue(new YamlScalarNode("include"), out var include))
            return;
        foreach (var item in (include as YamlSequenceNode)?.Children ?? [])
            if (CoreSchema.Text(item) is { } pattern)
                Include(file, item, Path.GetFullPath(pattern, Path.GetDirectoryName(file)!));
    }

    private void Include(string file, YamlNode item, string pattern)
    {
        foreach (var found in Matching(pattern))
        {
            if (File.Exists(found))
                Add(found, isFirst: false);
            else
                Report(file, item, $"include: there is no file {found}");
        }
    }

    private YamlMappingNode? Parse(string file)
    {
        try
        {
            using var text = new StreamReader(file);
            var stream = new YamlStream();
            stream.Load(text);
            switch (stream.Documents)
            {
                case []:
                    _problems.Add(new ProjectProblem("the file is empty", file, 1, 1, "write at least: cairn: 1"));
                    return null;
                case [{ RootNode: YamlMappingNode root }]:
                    return root;
                case [var single]:
                    Report(file, single.RootNode, $"expected a map, got {CoreSchema.Describe(single.RootNode)}");
                    return null;
                default:
                    Report(file, stream.Documents[1].RootNode, "one document is expected, a second one begins here");
                    return null;
            }
        }
        catch (YamlException failure)
        {
            var cause = failure.InnerException?.Message ?? failure.Message;
            _problems.Add(new ProjectProblem(
                $"no valid YAML: {cause.TrimEnd('.')}", file, (int)Math.Max(1, failure.Start.Line),
                (int)Math.Max(1, failure.Start.Column)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _problems.Add(new ProjectProblem($"cannot be read: {failure.Message.TrimEnd('.')}", file, 1, 1));
        }

        return null;
    }
}

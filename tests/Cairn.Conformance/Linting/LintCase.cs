using YamlDotNet.RepresentationModel;

namespace Cairn.Conformance.Linting;

/// <summary>A flow and what the linter must say of it.</summary>
/// <param name="Source">The flow's text.</param>
/// <param name="Finds">`rule@line`, in any order.</param>
/// <param name="Lenient">With `--lenient`.</param>
internal sealed record LintCase(string Source, IReadOnlyList<string> Finds, bool Lenient)
{
    /// <summary>All rows of all tables under Lint, by name.</summary>
    public static IReadOnlyDictionary<string, LintCase> All { get; } = Load();

    private static Dictionary<string, LintCase> Load()
    {
        var all = new Dictionary<string, LintCase>(StringComparer.Ordinal);
        var folder = Path.Combine(AppContext.BaseDirectory, "Lint");
        foreach (var path in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            var stream = new YamlStream();
            using var reader = new StreamReader(path);
            stream.Load(reader);
            foreach (var node in (YamlSequenceNode)stream.Documents[0].RootNode)
                all.Add($"{Path.GetFileNameWithoutExtension(path)}: {node["id"]}", Read((YamlMappingNode)node));
        }

        return all;
    }

    private static LintCase Read(YamlMappingNode node) => new(
        node["flow"].ToString(),
        [.. ((YamlSequenceNode)node["finds"]).Select(one => one.ToString())],
        node.Children.TryGetValue("lenient", out var lenient) && lenient.ToString() == "true");
}

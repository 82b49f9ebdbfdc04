using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Cairn.Conformance.Tables;

/// <summary>Reads the tables under Cases: whole flows, and rows of expressions that stand for small flows.</summary>
internal static class CaseFile
{
    /// <summary>All rows of all tables, by name.</summary>
    public static IReadOnlyDictionary<string, FlowCase> All { get; } = LoadAll();

    private static Dictionary<string, FlowCase> LoadAll()
    {
        var all = new Dictionary<string, FlowCase>(StringComparer.Ordinal);
        var folder = Path.Combine(AppContext.BaseDirectory, "Cases");
        foreach (var path in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
            foreach (var row in Load(path)) all.Add(row.Name, row);
        return all;
    }

    /// <summary>The rows of one file.</summary>
    public static IEnumerable<FlowCase> Load(string path)
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(path);
        stream.Load(reader);
        var table = Path.GetFileNameWithoutExtension(path);
        foreach (var node in (YamlSequenceNode)stream.Documents[0].RootNode)
        {
            var entry = new CaseEntry(table, (YamlMappingNode)node);
            foreach (var row in Rows(entry)) yield return row;
        }
    }

    private static IEnumerable<FlowCase> Rows(CaseEntry entry)
    {
        foreach (var row in Expand(entry))
        {
            yield return row;
            if (entry.Strictly is { } strictly)
                yield return row with
                {
                    Name = row.Name + " (strictly)",
                    Lenient = false,
                    Expected = strictly == "invalid"
                        ? new Expectation.Invalid()
                        : new Expectation.Error { Tags = [strictly] },
                    Warns = [],
                    Waits = null,
                };
        }
    }

    private static IEnumerable<FlowCase> Expand(CaseEntry entry)
    {
        if (entry.Has("flow")) yield return entry.Case(entry.Name, entry.Text("flow")!, entry.Expected());
        var with = entry.With;
        foreach (var (key, value) in entry.Map("gives"))
            yield return entry.Case(
                $"{entry.Name} [{key}]", SmallFlow.Returning(key, with), new Expectation.Result(Json(value)));
        foreach (var (key, value) in entry.Map("fails"))
            yield return entry.Case(
                $"{entry.Name} [{key}]", SmallFlow.Returning(key, with),
                new Expectation.Error { Tags = [((YamlScalarNode)value).Value!] });
        foreach (var text in entry.List("refused"))
            yield return entry.Case(
                $"{entry.Name} [{text}]", SmallFlow.Returning(text, with),
                new Expectation.Invalid { Line = with.Line });
        foreach (var (key, value) in entry.Map("embeds"))
            yield return entry.Case(
                $"{entry.Name} [{key}]", SmallFlow.Assigning(key), new Expectation.Result(Json(value)));
        foreach (var (key, value) in entry.Map("kinds"))
            yield return entry.Case(
                $"{entry.Name} [{key}]", SmallFlow.KindOf(key), new Expectation.Result(Json(value)));
    }

    private static string Json(YamlNode value) => CanonicalJson.Of(CanonicalJson.FromYaml(value));

    internal static double? Number(string? text) =>
        text is null ? null : double.Parse(text, CultureInfo.InvariantCulture);
}

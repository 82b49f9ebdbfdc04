using System.Diagnostics;
using System.Text.RegularExpressions;
using Cairn.Graphs.Validation;
using YamlDotNet.RepresentationModel;

namespace Cairn.Platform.Projects.Schema;

/// <summary>Compares nodes with shapes and collects everything that does not fit.</summary>
internal sealed class ShapeCheck(string file, List<ProjectProblem> problems)
{
    /// <summary>Checks a node; <paramref name="path"/> is how it is called in messages.</summary>
    internal void Check(YamlNode node, Shape shape, string path)
    {
        switch (shape)
        {
            case Shape.Record record:
                Record(node, record, path);
                break;
            case Shape.Map map:
                Map(node, map, path);
                break;
            case Shape.List list:
                if (node is not YamlSequenceNode items)
                    Expect(node, path, "a list");
                else
                    foreach (var (item, i) in items.Children.Select((item, i) => (item, i)))
                        Check(item, list.Item, $"{path}[{i}]");
                break;
            case Shape.Open:
                if (node is not YamlMappingNode)
                    Expect(node, path, "a map");
                break;
            default:
                if (Wanted(node, shape) is { } wanted)
                    Expect(node, path, wanted);
                break;
        }
    }

    /// <summary>Reports a problem at a node.</summary>
    internal void Report(YamlNode node, string message, string? hint = null) =>
        problems.Add(new ProjectProblem(message, file, (int)node.Start.Line, (int)node.Start.Column, hint));

    // What a scalar should have been, or null when it is.
    private static string? Wanted(YamlNode node, Shape shape) => shape switch
    {
        Shape.Text text when CoreSchema.Text(node) is not { } value
            || (text.Pattern is { } pattern && !Fits(pattern, value)) => text.Meaning,
        Shape.Text => null,
        Shape.Whole { Auto: true } when IsAuto(node) => null,
        Shape.Whole whole => CoreSchema.Whole(node) >= whole.Least
            ? null : $"a whole number from {whole.Least}{(whole.Auto ? ", or auto" : "")}",
        Shape.Number number => CoreSchema.Number(node) >= number.Least ? null : $"a number from {number.Least}",
        Shape.Flag => CoreSchema.Flag(node) is null ? "true or false" : null,
        Shape.Duration => Amounts.Duration(node) is null ? "a duration such as 90d, 12h, 30m, 10s or PT1H30M" : null,
        Shape.Quantity { Auto: true } when IsAuto(node) => null,
        Shape.Quantity quantity => Amounts.Bytes(node) is null
            ? $"an amount such as 512Mi or 2Gi{(quantity.Auto ? ", or auto" : "")}" : null,
        Shape.OneOf one => one.Words.Contains(CoreSchema.Text(node)) ? null : string.Join(" or ", one.Words),
        Shape.Scalar => node is YamlScalarNode && !CoreSchema.IsNull(node) ? null : "a text, a number or a flag",
        _ => throw new UnreachableException(),
    };

    internal static bool Fits(string pattern, string value) =>
        Regex.IsMatch(value, pattern, RegexOptions.NonBacktracking);

    private static bool IsAuto(YamlNode node) => CoreSchema.Text(node) == "auto";

    private void Record(YamlNode node, Shape.Record record, string path)
    {
        if (node is not YamlMappingNode map)
        {
            Expect(node, path, $"a map with {string.Join(", ", record.Fields.Select(field => field.Name))}");
            return;
        }

        foreach (var (key, value) in map.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (record.Fields.FirstOrDefault(field => field.Name == name) is { } known)
                Check(value, known.Shape, Join(path, name));
            else
                Unknown(key, name, record, path);
        }

        foreach (var field in record.Fields)
            if (field.Required && !map.Children.ContainsKey(new YamlScalarNode(field.Name)))
                Report(map, $"{Where(path)}{field.Name} is missing", field.Words);
    }

    private void Unknown(YamlNode key, string name, Shape.Record record, string path)
    {
        var near = Nearest.Of(name, record.Fields.Select(field => field.Name));
        Report(
            key, $"{Where(path)}unknown key \"{name}\"",
            near is null
                ? $"known: {string.Join(", ", record.Fields.Select(field => field.Name))}"
                : $"did you mean {near}?");
    }

    private void Map(YamlNode node, Shape.Map shape, string path)
    {
        if (node is not YamlMappingNode map)
        {
            Expect(node, path, "a map");
            return;
        }

        foreach (var (key, value) in map.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (shape.KeyPattern is { } pattern && !Fits(pattern, name))
                Report(key, $"{Where(path)}\"{name}\" should be {shape.KeyMeaning}");
            Check(value, shape.Value, Join(path, name));
        }
    }

    private void Expect(YamlNode node, string path, string wanted) =>
        Report(node, $"{Where(path)}expected {wanted}, got {CoreSchema.Describe(node)}");

    private static string Where(string path) => path.Length == 0 ? "" : $"{path}: ";

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}

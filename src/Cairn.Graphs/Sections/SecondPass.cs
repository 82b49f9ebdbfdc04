using Cairn.Graphs.Validation;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Sections;

/// <summary>
/// The second pass (spec/osmo.md 2.3): each text of the loaded graph, injected files too, is rendered by itself with
/// the submitter's values only. The original renders its YAML dump instead, and stumbles over its quoting.
/// </summary>
internal sealed class SecondPass(Findings findings, IReadOnlyList<string> defaults)
{
    private TemplateData _data = new();

    /// <summary>The workflow with every text rendered once more.</summary>
    public YamlNode Run(YamlNode workflow, IReadOnlyList<(string Name, YamlNode Value)> given)
    {
        _data = new TemplateData();
        foreach (var (name, value) in given)
            _data.Set(name, value);
        return Node(workflow);
    }

    private YamlNode Node(YamlNode node)
    {
        switch (node)
        {
            case YamlNode.Text text:
                return HiddenTokens.IsTemplate(text.Value) ? Rendered(text) : text;
            case YamlNode.List list:
                var items = list.Items.Select(Node).ToList();
                return Same(items, list.Items) ? list : new YamlNode.List(list.Mark, items);
            case YamlNode.Map map:
                var keys = map.Entries.Select(entry => Node(entry.Key)).ToList();
                var values = map.Entries.Select(entry => Node(entry.Value)).ToList();
                if (Same(keys, map.Entries.Select(entry => entry.Key))
                    && Same(values, map.Entries.Select(entry => entry.Value)))
                    return map;
                return new YamlNode.Map(
                    map.Mark, keys.Zip(values, (key, value) => new YamlEntry(key, value)).ToList());
            default:
                return node;
        }
    }

    private static bool Same(IEnumerable<YamlNode> left, IEnumerable<YamlNode> right) =>
        left.Zip(right).All(pair => ReferenceEquals(pair.First, pair.Second));

    private YamlNode.Text Rendered(YamlNode.Text text)
    {
        var result = JinjaPass.Render(text.Value, _data, text.File ?? "");
        if (result.Text is { } rendered)
        {
            if (DumpQuoting.Trouble(text.Value) is { } trouble)
                findings.Warn(
                    "second-pass-quoting",
                    text,
                    $"{(text.File is null ? "a text" : text.File)} has {trouble}: it renders here, but not on OSMO");
            // A rendering takes one line end from the end; a value keeps what it had.
            var ended = text.Value.EndsWith('\n') ? rendered + "\n" : rendered;
            return text with { Value = ended, Expression = IsOneExpression(text.Value) };
        }

        var hint = Hints.UndefinedInSecondPass(result.Undefined, defaults);
        if (text.File is null)
        {
            findings.Error(text, result.Fault!, hint ?? result.Hint);
            return text;
        }

        var remedies = hint is null ? Hints.InjectedFile : $"{hint}; or, if it is no template: {Hints.InjectedFile}";
        findings.ErrorInFile(text.File, result.Line, result.Column, result.Fault!, remedies);
        return text;
    }

    private static bool IsOneExpression(string text) => text.StartsWith("{{", StringComparison.Ordinal)
        && text.EndsWith("}}", StringComparison.Ordinal)
        && text.IndexOf("}}", StringComparison.Ordinal) == text.Length - 2
        && text.LastIndexOf("{{", StringComparison.Ordinal) == 0;
}

using Cairn.Graphs.Rendering;
using Cairn.Graphs.Validation;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Sections;

/// <summary>The `workflow` mapping after the first pass, and the defaults that the file gave.</summary>
internal sealed record FirstRendering(YamlNode Workflow, IReadOnlyList<string> Defaults);

/// <summary>
/// The first of the two passes (spec/osmo.md 2.3): cut the file into sections, render `workflow` with defaults and
/// given values, read it as YAML. A file without template marks is read whole.
/// </summary>
internal sealed class FirstPass(GraphSource source, Findings findings)
{
    private const string Workflow = "workflow";
    private const string Defaults = "default-values";
    private static readonly string[] Marks = ["{%", "{{", "{#", Defaults];

    /// <summary>The rendering, or null when the text did not get that far.</summary>
    public FirstRendering? Run(IReadOnlyList<(string Name, YamlNode Value)> given)
    {
        var text = source.Text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return Marks.Any(mark => text.Contains(mark, StringComparison.Ordinal))
            ? Templated(text, given)
            : Plain(text);
    }

    private FirstRendering? Plain(string text)
    {
        foreach (var repeated in Section.Split(text).GroupBy(section => section.Key).Where(same => same.Count() > 1))
            findings.Warn(
                "key-repeated",
                null,
                $"Duplicate top-level key \"{repeated.Key}\" found in the workflow spec.",
                "the last one counts; OSMO's validate refuses the file");
        return Root(text.TrimStart('\uFEFF')) is { } workflow ? new FirstRendering(workflow, []) : null;
    }

    private FirstRendering? Templated(string text, IReadOnlyList<(string Name, YamlNode Value)> given)
    {
        var sections = Section.Split(text);
        foreach (var unknown in sections.Where(section => section.Key is not (Workflow or Defaults or "version")))
            findings.ErrorInFile(
                unknown.Line,
                1,
                $"Unknown top-level key \"{unknown.Key}\" found in the workflow spec.",
                "only workflow, default-values and version may begin a line in the first column");
        foreach (var repeated in sections.GroupBy(section => section.Key).SelectMany(same => same.Skip(1)))
            findings.ErrorInFile(
                repeated.Line, 1, $"Duplicate top-level key \"{repeated.Key}\" found in the workflow spec.");
        var workflow = sections.Find(section => section.Key == Workflow);
        if (workflow is null)
        {
            findings.ErrorInFile(1, 1, "Workflow spec not found.", NotFoundHint(text));
            return null;
        }

        var data = new TemplateData();
        foreach (var (name, value) in DefaultsOf(sections.Find(section => section.Key == Defaults)))
            data.Set(name, value);
        var defaults = data.Names.ToList();
        foreach (var (name, value) in given)
            data.Set(name, value);
        return findings.Failed ? null : Rendered(workflow, data, defaults);
    }

    private static string NotFoundHint(string text) => text.StartsWith('\uFEFF')
        ? "the file begins with a byte order mark, which hides its first line: save it without one"
        : Hints.NoWorkflow;

    private FirstRendering? Rendered(Section workflow, TemplateData data, IReadOnlyList<string> defaults)
    {
        var rendered = JinjaPass.Render(workflow.Text, data, source.File);
        if (rendered.Text is null)
        {
            var line = rendered.Line is { } at ? at + workflow.Line - 1 : (int?)null;
            findings.ErrorInFile(
                line, rendered.Column, rendered.Fault!, Hints.Undefined(rendered.Undefined) ?? rendered.Hint);
            return null;
        }

        findings.Lines = new TemplateLines(workflow, rendered.Text, data);
        return Root(rendered.Text) is { } node ? new FirstRendering(node, defaults) : null;
    }

    private YamlNode? Root(string text)
    {
        var reading = YamlReader.Read(text);
        if (reading.Node is null)
        {
            findings.Error(reading.Mark, $"Workflow spec is not properly formatted: {reading.Message}");
            return null;
        }

        if (reading.Node is not YamlNode.Map root)
        {
            findings.Error(reading.Node, "Workflow spec not found.", Hints.NoWorkflow);
            return null;
        }

        foreach (var entry in root.Entries)
        {
            var key = PythonText.Of(entry.Key) ?? "";
            if (key is not (Workflow or "version"))
                findings.Error(
                    entry.Key,
                    $"Unknown top-level key \"{key}\" found in the workflow spec.",
                    "only workflow, default-values and version may begin a line in the first column");
        }

        if (root[Workflow] is { } workflow)
            return workflow;
        findings.Error(root, "Workflow spec not found.", Hints.NoWorkflow);
        return null;
    }

    private IEnumerable<(string Name, YamlNode Value)> DefaultsOf(Section? section)
    {
        if (section is null)
            yield break;
        var reading = YamlReader.Read(section.Text);
        if (reading.Node is null)
        {
            findings.ErrorInFile(
                reading.Mark.Line + section.Line - 1,
                reading.Mark.Column,
                $"default-values is not properly formatted: {reading.Message}",
                "a value that begins with {{ must be quoted");
            yield break;
        }

        var values = (reading.Node as YamlNode.Map)?[Defaults];
        if (values is not (YamlNode.Map or YamlNode.Null))
            findings.ErrorInFile(section.Line, 1, "default-values must be a mapping");
        foreach (var entry in (values as YamlNode.Map)?.Entries ?? [])
        {
            if (PythonText.Of(entry.Key) is { } name)
                yield return (name, entry.Value);
        }
    }
}

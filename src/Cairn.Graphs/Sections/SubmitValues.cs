using Cairn.Graphs.Rendering;
using Cairn.Graphs.Tasks;
using Cairn.Graphs.Validation;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Sections;

/// <summary>The submitter's values as variables and environment, with warnings for what is not as it looks.</summary>
internal sealed record SubmitValues(
    IReadOnlyList<(string Name, YamlNode Value)> Variables, IReadOnlyList<NameValue> Environment)
{
    /// <summary>Reads all items; a broken one is an error.</summary>
    public static SubmitValues Read(GraphValues values, Findings findings)
    {
        var variables = new List<(string, YamlNode)>();
        foreach (var (name, text) in Pairs(values.Set, findings, "Data"))
        {
            var value = SetValues.Coerce(text);
            Judge(name, text, value, findings);
            variables.Add((name, value));
        }

        foreach (var (name, text) in Pairs(values.SetString, findings, "Data"))
            variables.Add((name, SetValues.AsText(text)));
        var environment = new List<NameValue>();
        foreach (var (name, text) in Pairs(values.SetEnv, findings, "Environment variable"))
        {
            if (text.Contains('=', StringComparison.Ordinal))
                findings.Warn("env-cut", null, $"--set-env {name}: OSMO would cut the value at its second =");
            environment.Add(new NameValue(name, text));
        }

        return new SubmitValues(variables, environment);
    }

    /// <summary>Warns about variables whose names stand in none of the texts, nor in another's value.</summary>
    public void WarnUnused(IReadOnlyList<string> texts, Findings findings)
    {
        foreach (var (name, _) in Variables)
        {
            var others = Variables.Where(other => other.Name != name).Select(other => PythonText.Of(other.Value) ?? "");
            if (!texts.Concat(others).Any(text => text.Contains(name, StringComparison.Ordinal)))
                findings.Warn("set-unused", null, $"--set {name}: nothing in the graph reads it");
        }
    }

    private static IEnumerable<(string Name, string Value)> Pairs(
        IReadOnlyList<string> items, Findings findings, string kind)
    {
        foreach (var item in items)
        {
            if (SetValues.Split(item) is { } pair)
                yield return pair;
            else
                findings.ErrorInFile(null, null, $"{kind} {item} is incorrectly formatted", "write NAME=VALUE");
        }
    }

    private static void Judge(string name, string text, YamlNode value, Findings findings)
    {
        if (value is YamlNode.Integer or YamlNode.Float && PythonText.Of(value) is { } read && read != text)
            findings.Warn(
                "set-lossy",
                null,
                $"--set {name}={text} is the number {read}",
                $"to keep the text: --set-string {name}={text}");
        if (text.ToLowerInvariant() is "false" or "no" or "off" or "none" or "null")
            findings.Warn(
                "set-truthy",
                null,
                $"--set {name}={text} is a text, and a text that is not empty counts as true in {{% if {name} %}}",
                $"for false write --set {name}=0 or --set {name}=");
    }
}

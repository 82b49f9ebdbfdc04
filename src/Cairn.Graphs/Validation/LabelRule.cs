using Cairn.Graphs.Tasks;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Validation;

/// <summary>Labels of a graph (spec/osmo.md 1.10).</summary>
internal static class LabelRule
{
    private const int Most = 16;
    private const int LongestName = 63;
    private const int LongestPrefix = 253;

    /// <summary>The labels, checked.</summary>
    public static List<NameValue> Read(MapReader workflow, Findings findings)
    {
        var labels = new List<NameValue>();
        var entries = workflow.Entries("labels");
        if (entries.Count > Most)
            findings.Error(workflow.Node["labels"], $"Workflows can have at most {Most} labels.");
        foreach (var (keyNode, valueNode) in entries)
        {
            var key = PythonText.Of(keyNode) ?? "";
            if (!IsKey(key))
            {
                findings.Error(
                    keyNode,
                    $"Label key \"{NodeWords.Cut(key)}\" is not valid",
                    "an optional DNS name and /, then 1 to 63 letters, digits, - _ . "
                    + "that begin and end with a letter or digit");
            }

            if (valueNode is not YamlNode.Text { Value: var value })
                findings.Error(valueNode, $"Workflow label values must be strings. Label \"{key}\"", "quote the value");
            else if (!IsSegment(value))
                findings.Error(
                    valueNode,
                    $"Value \"{NodeWords.Cut(value)}\" of label \"{key}\" is not valid",
                    "1 to 63 letters, digits, - _ . that begin and end with a letter or digit");
            else
                labels.Add(new NameValue(key, value));
        }

        return labels;
    }

    private static bool IsKey(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? IsSegment(key) : IsPrefix(key[..slash]) && IsSegment(key[(slash + 1)..]);
    }

    private static bool IsPrefix(string prefix) => prefix.Length is > 0 and <= LongestPrefix
        && prefix.Split('.').All(part => part.Length is > 0 and <= LongestName
            && part[0] != '-' && part[^1] != '-'
            && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'));

    private static bool IsSegment(string text) => text.Length is > 0 and <= LongestName
        && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}

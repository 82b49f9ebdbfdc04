using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Validation;

/// <summary>What messages call a value that does not fit.</summary>
internal static class NodeWords
{
    private const int LongestShown = 60;

    /// <summary>`the text "ls"`, `true`, `a list`.</summary>
    public static string Of(YamlNode node) => node switch
    {
        YamlNode.Null => "null",
        YamlNode.List => "a list",
        YamlNode.Map => "a mapping",
        YamlNode.Bool flag => flag.Value ? "true" : "false",
        YamlNode.Moment moment => $"the date {moment.Value}",
        YamlNode.Bytes => "binary data",
        YamlNode.Text text => $"the text \"{Cut(text.Value)}\"",
        _ => $"the number {Cut(PythonText.Of(node) ?? "")}",
    };

    /// <summary>A value as it may stand inside a sentence.</summary>
    public static string Cut(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "…";
}

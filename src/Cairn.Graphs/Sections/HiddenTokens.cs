using System.Text.RegularExpressions;

namespace Cairn.Graphs.Sections;

/// <summary>
/// A text whose run-time tokens are swapped for variables, so that a template engine leaves them alone
/// (spec/osmo.md 2.5). Only the exact form without blanks is a token.
/// </summary>
internal sealed partial class HiddenTokens
{
    private const string Prefix = "cairn_hidden_token_";
    private readonly SortedDictionary<string, string> _names = new(StringComparer.Ordinal);

    private HiddenTokens(string text)
    {
        Text = text.Contains("{{", StringComparison.Ordinal)
            ? Token().Replace(text, match => $"{{{{{NameOf(match.Value)}}}}}")
            : text;
    }

    /// <summary>The text with variables in the tokens' places.</summary>
    public string Text { get; }

    /// <summary>Variable names and the tokens they stand for.</summary>
    public IEnumerable<(string Name, string Token)> Variables => _names.Select(pair => (pair.Value, pair.Key));

    /// <summary>Hides the tokens of a text.</summary>
    public static HiddenTokens Of(string text) => new(text);

    /// <summary>Whether the text has anything for a template engine besides tokens.</summary>
    public static bool IsTemplate(string text) => HasMarks(text)
        && (!text.Contains("{{", StringComparison.Ordinal) || HasMarks(Token().Replace(text, "")));

    /// <summary>Puts tokens back that stood in a raw block, where no variable is looked up.</summary>
    public string Restore(string rendered)
    {
        if (!rendered.Contains(Prefix, StringComparison.Ordinal))
            return rendered;
        // Names from the back: one of two digits begins with one of one digit.
        foreach (var (token, name) in _names.OrderByDescending(pair => pair.Value.Length))
            rendered = rendered.Replace($"{{{{{name}}}}}", token, StringComparison.Ordinal);
        return rendered;
    }

    private static bool HasMarks(string text)
    {
        for (var i = text.IndexOf('{', StringComparison.Ordinal); i >= 0 && i + 1 < text.Length;)
        {
            if (text[i + 1] is '{' or '%' or '#')
                return true;
            i = text.IndexOf('{', i + 1);
        }

        return false;
    }

    private string NameOf(string token)
    {
        if (!_names.TryGetValue(token, out var name))
            _names.Add(token, name = Prefix + _names.Count);
        return name;
    }

    [GeneratedRegex(@"\{\{(?:uuid|workflow_id|output|input:[^}]+|host:[^}]+)\}\}")]
    private static partial Regex Token();
}

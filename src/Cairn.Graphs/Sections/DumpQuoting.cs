using System.Text.RegularExpressions;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Sections;

/// <summary>
/// Tells which texts the original's second pass stumbles over: it renders a YAML dump, where an expression meets the
/// dump's quoting and folding (spec/osmo.md 2.3).
/// </summary>
internal static partial class DumpQuoting
{
    private const int FoldColumn = 60;

    /// <summary>Why the original refuses the text, or null when both read it alike.</summary>
    public static string? Trouble(string text)
    {
        var shape = ScalarShape.Of(text);
        if (shape.MayBePlain)
            return null;
        foreach (Match tag in Tag().Matches(text))
        {
            if (shape.MayBeSingleQuoted && tag.Value.Contains('\'', StringComparison.Ordinal))
                return "an expression with single quotes";
            if (shape.MayBeSingleQuoted)
                continue;
            if (tag.Value.AsSpan().ContainsAny("\"\\\n\t"))
                return "an expression with quotes or line ends in a text of several lines";
            if (tag.Index > FoldColumn && tag.Value.Contains(' ', StringComparison.Ordinal))
                return "an expression with blanks far to the right in a text of several lines";
            if (tag.Value.StartsWith("{%-", StringComparison.Ordinal)
                || tag.Value.EndsWith("-%}", StringComparison.Ordinal))
                return "a statement that trims lines";
        }

        return null;
    }

    [GeneratedRegex(@"\{(?:\{.*?\}|%.*?%)\}", RegexOptions.Singleline)]
    private static partial Regex Tag();
}

namespace Cairn.Graphs.Yaml;

/// <summary>In which styles PyYAML may write a text in block context.</summary>
internal readonly record struct ScalarShape(bool MayBePlain, bool MayBeSingleQuoted)
{
    private const string Breaks = "\n\u0085\u2028\u2029";
    private const string Blanks = "\0 \t\r\n\u0085\u2028\u2029";

    /// <summary>Looks at a text once.</summary>
    public static ScalarShape Of(string text)
    {
        if (text.Length == 0)
            return new ScalarShape(true, true);
        var indicator = text.StartsWith("---", StringComparison.Ordinal)
            || text.StartsWith("...", StringComparison.Ordinal);
        var (special, lines, breakThenBlank, blankThenBreak) = (false, false, false, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            indicator |= IsIndicator(text, i);
            special |= c != '\n' && c is < ' ' or > '~';
            lines |= Breaks.Contains(c, StringComparison.Ordinal);
            if (i == 0)
                continue;
            breakThenBlank |= c == ' ' && Breaks.Contains(text[i - 1], StringComparison.Ordinal);
            blankThenBreak |= text[i - 1] == ' ' && Breaks.Contains(c, StringComparison.Ordinal);
        }

        var quotable = !special && !breakThenBlank && !blankThenBreak;
        var edges = text[0] != ' ' && text[^1] != ' ';
        return new ScalarShape(quotable && !lines && edges && !indicator, quotable);
    }

    private static bool IsIndicator(string text, int at)
    {
        var c = text[at];
        var blankFollows = at + 1 == text.Length || Blanks.Contains(text[at + 1], StringComparison.Ordinal);
        if (at > 0)
            return (c == ':' && blankFollows)
                || (c == '#' && Blanks.Contains(text[at - 1], StringComparison.Ordinal));
        return "#,[]{}&*!|>'\"%@`".Contains(c, StringComparison.Ordinal) || (c is '?' or ':' or '-' && blankFollows);
    }
}

namespace Cairn.Tidy;

/// <summary>
/// Blanks comments, strings and characters out of C# text, so that braces and words that remain are code.
/// </summary>
internal static class CodeOnly
{
    /// <summary>Holes of interpolated strings are blanked with them: they hold no types and no statements.</summary>
    public static string Of(string text) => Of(text, keepHoles: false);

    /// <summary>Holes of interpolated strings are kept: they call what they like.</summary>
    public static string WithHoles(string text) => Of(text, keepHoles: true);

    private static string Of(string text, bool keepHoles)
    {
        var code = text.ToCharArray();
        var at = 0;
        while (at < text.Length)
        {
            var end = EndOfBlank(text, at);
            for (var i = at; i < end; i++)
                if (code[i] != '\n')
                    code[i] = ' ';
            if (keepHoles && end > at)
                foreach (var (from, to) in Holes(text, at, Math.Min(end, text.Length)))
                    Of(text[from..to], keepHoles).CopyTo(0, code, from, to - from);
            at = Math.Max(end, at + 1);
        }

        return new string(code);
    }

    /// <summary>What stands between the braces of the interpolated string in a range; none elsewhere.</summary>
    private static IEnumerable<(int From, int To)> Holes(string text, int at, int end)
    {
        var dollars = text[at..end].TakeWhile(sign => sign is '$' or '@').Count(sign => sign == '$');
        for (var i = at; dollars > 0 && i < end; i++)
        {
            var braces = 0;
            while (i + braces < end && text[i + braces] == '{')
                braces++;
            if (braces == 0)
                continue;
            i += braces;
            // With one dollar two braces are a brace; with more, fewer braces than dollars are text.
            if (dollars == 1 ? braces % 2 == 0 : braces < dollars)
                continue;
            var from = i;
            for (var depth = 1; i < end && depth > 0;)
            {
                depth += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
                i = depth == 0 ? i : Math.Max(EndOfBlank(text, i), i + 1);
            }

            yield return (from, i);
        }
    }

    /// <summary>The end of the comment or literal that starts here, or the same place when none does.</summary>
    private static int EndOfBlank(string text, int at) => text[at] switch
    {
        '/' when Follows(text, at, "//") => Until(text, at, "\n"),
        '/' when Follows(text, at, "/*") => Until(text, at + 2, "*/") + 2,
        '\'' => EndOfQuoted(text, at + 1, '\''),
        '"' or '$' or '@' => EndOfString(text, at),
        _ => at,
    };

    private static int EndOfString(string text, int at)
    {
        var quote = at;
        var verbatim = false;
        while (quote < text.Length && text[quote] is '$' or '@')
            verbatim |= text[quote++] == '@';
        if (quote >= text.Length || text[quote] != '"')
            return at;
        if (Follows(text, quote, "\"\"\""))
            return EndOfRaw(text, quote);
        if (verbatim)
            return EndOfVerbatim(text, quote + 1);
        return text[at] == '$' ? EndOfInterpolated(text, quote + 1) : EndOfQuoted(text, quote + 1, '"');
    }

    private static int EndOfRaw(string text, int quote)
    {
        var quotes = 0;
        while (quote + quotes < text.Length && text[quote + quotes] == '"')
            quotes++;
        return Until(text, quote + quotes, new string('"', quotes)) + quotes;
    }

    private static int EndOfVerbatim(string text, int at)
    {
        while (at < text.Length && (text[at] != '"' || Follows(text, at, "\"\"")))
            at += text[at] == '"' ? 2 : 1;
        return at + 1;
    }

    private static int EndOfInterpolated(string text, int at)
    {
        var depth = 0;
        while (at < text.Length && (depth > 0 || text[at] != '"'))
        {
            if (depth > 0 && EndOfBlank(text, at) is var end && end > at)
            {
                at = end;
                continue;
            }

            depth += text[at] switch { '{' when !Follows(text, at, "{{") => 1, '}' when depth > 0 => -1, _ => 0 };
            at += text[at] == '\\' || (depth == 0 && Follows(text, at, "{{")) ? 2 : 1;
        }

        return at + 1;
    }

    private static int EndOfQuoted(string text, int at, char quote)
    {
        while (at < text.Length && text[at] != quote && text[at] != '\n')
            at += text[at] == '\\' ? 2 : 1;
        return at + 1;
    }

    private static int Until(string text, int from, string mark)
    {
        var found = from >= text.Length ? -1 : text.IndexOf(mark, from, StringComparison.Ordinal);
        return found < 0 ? text.Length : found;
    }

    private static bool Follows(string text, int at, string mark) =>
        at + mark.Length <= text.Length && string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0;
}

namespace Cairn.Graphs.Yaml;

/// <summary>Finds the end of brackets, braces and quotes: what lies between them follows simple rules.</summary>
internal static class FlowEnd
{
    /// <summary>
    /// The index behind what begins at <paramref name="start"/> with a bracket, a brace or a quote; the text's length
    /// when it does not end.
    /// </summary>
    public static int Find(string text, int start)
    {
        if (text[start] is '"' or '\'')
            return QuoteEnd(text, start);
        var depth = 0;
        var isPlain = false;
        for (var i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '[' or '{':
                    (depth, isPlain) = (depth + 1, false);
                    break;
                case ']' or '}':
                    isPlain = false;
                    if (--depth == 0)
                        return i + 1;
                    break;
                case '"' or '\'' when !isPlain:
                    i = QuoteEnd(text, i) - 1;
                    break;
                case '#' when char.IsWhiteSpace(text[i - 1]):
                    isPlain = false;
                    i = LineEnd(text, i);
                    break;
                case ',':
                case ':' when i + 1 < text.Length && (char.IsWhiteSpace(text[i + 1]) || ",[]{}".Contains(text[i + 1])):
                    isPlain = false;
                    break;
                case '&' or '*' or '!' when !isPlain:
                    i = WordEnd(text, i) - 1;
                    break;
                case var other:
                    isPlain |= !char.IsWhiteSpace(other);
                    break;
            }
        }

        return text.Length;
    }

    /// <summary>
    /// The bracket, brace or quote that comes next, behind blanks, comments, indicators, anchors and tags; null when it
    /// is something else. The scanner holds such a beginning back until it knows that it is no key.
    /// </summary>
    public static int? Ahead(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '[' or '{' or '"' or '\'':
                    return i;
                case '#':
                    i = LineEnd(text, i);
                    break;
                case '&' or '!':
                    i = WordEnd(text, i) - 1;
                    break;
                case '-' or '?' or ':':
                    break;
                case var other when !char.IsWhiteSpace(other):
                    return null;
            }
        }

        return null;
    }

    private static int QuoteEnd(string text, int start)
    {
        var quote = text[start];
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && quote == '"')
                i++;
            else if (text[i] == quote && quote == '\'' && i + 1 < text.Length && text[i + 1] == quote)
                i++;
            else if (text[i] == quote)
                return i + 1;
        }

        return text.Length;
    }

    private static int LineEnd(string text, int start)
    {
        var end = text.IndexOf('\n', start);
        return end < 0 ? text.Length : end;
    }

    private static int WordEnd(string text, int start)
    {
        var i = start + 1;
        while (i < text.Length && !char.IsWhiteSpace(text[i]) && !",[]{}".Contains(text[i]))
            i++;
        return i;
    }
}

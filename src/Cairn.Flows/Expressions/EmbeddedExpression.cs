namespace Cairn.Flows.Expressions;

/// <summary>Tells which texts of a source are expressions (spec/workflows.md 2.1).</summary>
public static class EmbeddedExpression
{
    /// <summary>
    /// Where the expression stands in a text scalar, between `${` and its `}`; null when the scalar is a literal text.
    /// One is found when, spaces aside, the text starts with `${` and the matching `}` is its last character; a text
    /// that starts so and ends with `}`, but whose brackets or quotes never close, is taken for one too, so that its
    /// author gets the parser's error instead of a literal.
    /// </summary>
    public static SourceSpan? Find(string scalar)
    {
        const string blanks = " \t\r\n\f\v";
        var trimmed = scalar.AsSpan().Trim(blanks);
        if (!trimmed.StartsWith("${") || !trimmed.EndsWith("}"))
            return null;
        var start = scalar.IndexOf('$', StringComparison.Ordinal) + 2;
        // Single quotes are quotes only under leniency (T06); outside of it `don't` must not swallow the bracket.
        var (close, looseClose) = (Close(trimmed, "\""), Close(trimmed, "\"'"));
        var isWhole = close == trimmed.Length - 1 || looseClose == trimmed.Length - 1;
        return isWhole || close < 0 ? new SourceSpan(start, trimmed.Length - 3) : null;
    }

    /// <summary>The position of the bracket that closes the first one, or -1.</summary>
    private static int Close(ReadOnlySpan<char> text, string quotes)
    {
        var open = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (quotes.Contains(text[i]))
            {
                i = EndOfText(text, i);
                continue;
            }

            if (text[i] == '{')
                open++;
            else if (text[i] == '}' && --open == 0)
                return i;
        }

        return -1;
    }

    private static int EndOfText(ReadOnlySpan<char> text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == text[start])
                return i;
        }

        return text.Length;
    }
}

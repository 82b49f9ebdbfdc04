using Cairn.Flows.Sources;

namespace Cairn.Flows.Compiling;

/// <summary>
/// From a position in a scalar's characters to the one in the source that it was written at: quotes, escapes and folded
/// lines lie between.
/// </summary>
internal static class ScalarPlaces
{
    /// <summary>The stretch of the source that a stretch of a scalar's text came from.</summary>
    public static SourceSpan Of(SourceText source, SourceNode.Scalar scalar, int start, int length)
    {
        var raw = source[scalar.Span];
        var at = 0;
        if (scalar.Style == ScalarStyle.Block)
            at = Math.Max(0, raw.IndexOf('\n'));
        else if (scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted)
            at = 1;
        var (from, to) = (-1, raw.Length);
        for (var i = 0; i <= scalar.Text.Length && at <= raw.Length; i++)
        {
            at = SkipFolding(raw, at, scalar.Text, i);
            if (i == start)
                from = at;
            if (i == start + length)
            {
                to = at;
                break;
            }

            at += UnitsOf(raw, at, scalar.Style);
        }

        if (from < 0)
            return scalar.Span;
        var begin = Math.Min(scalar.Span.Offset + from, scalar.Span.End);
        return new SourceSpan(begin, Math.Max(0, Math.Min(scalar.Span.Offset + to, scalar.Span.End) - begin));
    }

    /// <summary>White space of the source that is nothing, or one space, in the text.</summary>
    private static int SkipFolding(ReadOnlySpan<char> raw, int at, string text, int index)
    {
        if (at >= raw.Length || index >= text.Length || raw[at] == text[index])
            return at;
        var next = at;
        while (next < raw.Length && raw[next] is ' ' or '\t' or '\n' or '\r')
            next++;
        if (next == at)
            return at;
        // A folded line break stands for the space or break that is next in the text.
        return text[index] is ' ' or '\n' ? next - 1 : next;
    }

    private static int UnitsOf(ReadOnlySpan<char> raw, int at, ScalarStyle style)
    {
        if (at >= raw.Length)
            return 0;
        if (style == ScalarStyle.SingleQuoted && raw[at] == '\'')
            return 2;
        if (style != ScalarStyle.DoubleQuoted || raw[at] != '\\' || at + 1 >= raw.Length)
            return 1;
        return raw[at + 1] switch
        {
            'x' => 4,
            'u' => 6,
            'U' => 10,
            _ => 2,
        };
    }
}

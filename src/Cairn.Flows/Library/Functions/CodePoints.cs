namespace Cairn.Flows.Library.Functions;

/// <summary>Positions in texts as the language counts them: in code points.</summary>
internal static class CodePoints
{
    /// <summary>The number of code points; a lone surrogate counts as one.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = text.Length;
        while (text.IndexOfAnyInRange('\ud800', '\udbff') is var at and >= 0)
        {
            if (at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
                count--;
            text = text[(at + 1)..];
        }

        return count;
    }

    /// <summary>The UTF-16 position of a code point position, from a known pair of both; -1 behind the end.</summary>
    public static int Offset(string text, long position)
    {
        var at = 0;
        if (position <= text.Length && text.AsSpan(0, (int)position).IndexOfAnyInRange('\ud800', '\udfff') < 0)
            return (int)position;
        for (; position > 0; position--)
        {
            if (at >= text.Length)
                return -1;
            at += char.IsSurrogatePair(text, at) ? 2 : 1;
        }

        return at;
    }
}

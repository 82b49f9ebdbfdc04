using System.Text;

namespace Cairn.Graphs.Templates.Values;

/// <summary>Positions in UTF-16 text counted in code points; a lone surrogate counts as one.</summary>
internal static class CodePoints
{
    public static bool IsWide(string text) => text.AsSpan().IndexOfAnyInRange('\ud800', '\udbff') >= 0;

    public static int Count(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i += Size(text, i))
            count++;
        return count;
    }

    public static int Size(string text, int at) => char.IsSurrogatePair(text, at) ? 2 : 1;

    /// <summary>The UTF-16 position of a code point position.</summary>
    public static int Offset(string text, int position)
    {
        var at = 0;
        while (position-- > 0 && at < text.Length)
            at += Size(text, at);
        return at;
    }

    /// <summary>The code point position of a UTF-16 position.</summary>
    public static int Position(string text, int offset)
    {
        var position = 0;
        for (var i = 0; i < offset; i += Size(text, i))
            position++;
        return position;
    }

    public static string Slice(string text, int start, long step, int count)
    {
        if (count == 0)
            return "";
        var offsets = new List<int>();
        for (var i = 0; i < text.Length; i += Size(text, i))
            offsets.Add(i);
        var result = new StringBuilder(count);
        long at = start;
        for (var i = 0; i < count; i++, at += step)
            result.Append(text, offsets[(int)at], Size(text, offsets[(int)at]));
        return result.ToString();
    }

    public static IEnumerable<int> Of(string text)
    {
        for (var i = 0; i < text.Length; i += Size(text, i))
            yield return char.IsSurrogatePair(text, i) ? char.ConvertToUtf32(text, i) : text[i];
    }

    public static string Text(int codePoint) =>
        codePoint is >= 0xd800 and <= 0xdfff ? ((char)codePoint).ToString() : char.ConvertFromUtf32(codePoint);
}

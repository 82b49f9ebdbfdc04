using Cairn.Graphs.Templates.Callables;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Formatting;

/// <summary>Python's textwrap.wrap, tabs and white space kept as they are.</summary>
internal static class TextWrap
{
    public static List<string> Lines(string text, long width, bool breaksWords, bool breaksHyphens)
    {
        if (width <= 0)
            throw PyException.Value($"invalid width {width} (must be > 0)");
        var chunks = new Stack<string>(Chunks(text, breaksHyphens).AsEnumerable().Reverse());
        var lines = new List<string>();
        while (chunks.Count > 0)
        {
            if (lines.Count > 0 && IsBlank(chunks.Peek()))
                chunks.Pop();
            var line = new List<string>();
            long length = 0;
            while (chunks.Count > 0 && length + CodePoints.Count(chunks.Peek()) <= width)
            {
                length += CodePoints.Count(chunks.Peek());
                line.Add(chunks.Pop());
            }

            if (chunks.Count > 0 && CodePoints.Count(chunks.Peek()) > width)
                LongWord(chunks, line, (int)(width - length), breaksWords, breaksHyphens);
            if (line.Count > 0 && IsBlank(line[^1]))
                line.RemoveAt(line.Count - 1);
            if (line.Count > 0)
                lines.Add(string.Concat(line));
        }

        return lines;
    }

    private static void LongWord(
        Stack<string> chunks, List<string> line, int left, bool breaksWords, bool breaksHyphens)
    {
        if (!breaksWords)
        {
            if (line.Count == 0)
                line.Add(chunks.Pop());
            return;
        }

        var chunk = chunks.Pop();
        var end = CodePoints.Offset(chunk, left);
        if (breaksHyphens && CodePoints.Count(chunk) > left && end > 0)
        {
            var hyphen = chunk.LastIndexOf('-', end - 1);
            if (hyphen > 0 && chunk.AsSpan(0, hyphen).TrimStart('-').Length > 0)
                end = hyphen + 1;
        }

        line.Add(chunk[..end]);
        chunks.Push(chunk[end..]);
    }

    private static bool IsBlank(string text) => text.All(StrText.IsSpace);

    private static List<string> Chunks(string text, bool breaksHyphens)
    {
        var chunks = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            if (IsSpace(text[at]))
            {
                while (end < text.Length && IsSpace(text[end]))
                    end++;
            }
            else if (!breaksHyphens)
            {
                while (end < text.Length && !IsSpace(text[end]))
                    end++;
            }
            else
            {
                end = WordEnd(text, at);
            }

            chunks.Add(text[at..end]);
            at = end;
        }

        return chunks;
    }

    /// <summary>A dash between words, or the shortest piece that ends in a hyphen inside a word, before a dash or
    /// space.</summary>
    private static int WordEnd(string text, int at)
    {
        if (at > 0 && IsWordPunctuation(text[at - 1]) && DashEnd(text, at) is > 0 and var dash)
            return dash;
        for (var i = at + 1; i < text.Length; i++)
        {
            if (IsSpace(text[i]))
                return i;
            if (text[i] == '-' && IsHyphen(text, i))
                return i + 1;
            if (IsWordPunctuation(text[i - 1]) && DashEnd(text, i) > 0)
                return i;
        }

        return text.Length;
    }

    private static bool IsHyphen(string text, int i)
    {
        var before = (i >= 2 && IsLetter(text, i - 1) && IsLetter(text, i - 2))
            || (i >= 3 && IsWordPunctuation(text[i - 1]) && text[i - 2] == '-' && IsLetter(text, i - 3));
        return before && IsLetter(text, i + 1)
            && (IsLetter(text, i + 2) || (i + 2 < text.Length && text[i + 2] == '-' && IsLetter(text, i + 3)));
    }

    private static int DashEnd(string text, int at)
    {
        var end = at;
        while (end < text.Length && text[end] == '-')
            end++;
        return end - at >= 2 && end < text.Length && IsWord(text[end]) ? end : -1;
    }

    private static bool IsLetter(string text, int i) => i < text.Length && IsWord(text[i]) && !char.IsDigit(text[i]);

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static bool IsWordPunctuation(char c) => IsWord(c) || c is '!' or '"' or '\'' or '&' or '.' or ',' or '?';

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\v' or '\f' or '\r';
}

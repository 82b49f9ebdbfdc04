using System.Globalization;
using System.Text;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Callables;

/// <summary>What Python's str methods do to text, apart from their arguments.</summary>
internal static class StrText
{
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';

    public static bool IsLetter(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter;

    public static bool IsDecimal(int codePoint) =>
        CharUnicodeInfo.GetUnicodeCategory(codePoint) == UnicodeCategory.DecimalDigitNumber;

    public static bool IsDigit(int codePoint) =>
        CharUnicodeInfo.GetDigitValue(CodePoints.Text(codePoint), 0) >= 0;

    public static bool IsNumeric(int codePoint) =>
        CharUnicodeInfo.GetNumericValue(CodePoints.Text(codePoint), 0) >= 0
        || CharUnicodeInfo.GetUnicodeCategory(codePoint) == UnicodeCategory.LetterNumber;

    public static bool All(string text, Func<int, bool> test) => text.Length > 0 && CodePoints.Of(text).All(test);

    public static bool IsIdentifier(string text)
    {
        var first = true;
        foreach (var codePoint in CodePoints.Of(text))
        {
            var letter = codePoint == '_' || IsLetter(codePoint)
                || CharUnicodeInfo.GetUnicodeCategory(codePoint) == UnicodeCategory.LetterNumber;
            var follower = CharUnicodeInfo.GetUnicodeCategory(codePoint) is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber
                or UnicodeCategory.ConnectorPunctuation || codePoint is 0xb7 or 0x387;
            if (!letter && (first || !follower))
                return false;
            first = false;
        }

        return !first;
    }

    public static string Replace(string text, string old, string with, long count, Fuel fuel)
    {
        fuel.Text(text.Length);
        if (count == 0 || (old.Length > 0 && !text.Contains(old, StringComparison.Ordinal)))
            return text;
        var result = new StringBuilder();
        if (old.Length == 0)
        {
            for (var i = 0; i <= text.Length;)
            {
                if (count-- != 0)
                    result.Append(with);
                else
                    count = 0;
                fuel.Limit(result.Length);
                if (i == text.Length)
                    break;
                var size = CodePoints.Size(text, i);
                result.Append(text, i, size);
                i += size;
            }

            return result.ToString();
        }

        var at = 0;
        while (count-- != 0 && text.IndexOf(old, at, StringComparison.Ordinal) is >= 0 and var found)
        {
            result.Append(text, at, found - at).Append(with);
            fuel.Spend();
            fuel.Limit(result.Length);
            at = found + old.Length;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    public static string Strip(string text, string? characters, bool left, bool right)
    {
        bool Drop(char c) => characters is null ? IsSpace(c) : characters.Contains(c, StringComparison.Ordinal);
        var start = 0;
        var end = text.Length;
        while (left && start < end && Drop(text[start]))
            start++;
        while (right && end > start && Drop(text[end - 1]))
            end--;
        return text[start..end];
    }

    public static List<string> SplitSpace(string text, long most, bool fromRight)
    {
        var words = new List<string>();
        if (fromRight)
        {
            var end = text.Length;
            while (true)
            {
                while (end > 0 && IsSpace(text[end - 1]))
                    end--;
                if (end == 0)
                    break;
                var start = end;
                if (most >= 0 && words.Count >= most)
                    start = 0;
                while (start > 0 && !IsSpace(text[start - 1]))
                    start--;
                words.Add(text[start..end]);
                end = start;
            }

            words.Reverse();
            return words;
        }

        for (var at = 0; ;)
        {
            while (at < text.Length && IsSpace(text[at]))
                at++;
            if (at == text.Length)
                return words;
            var start = at;
            if (most >= 0 && words.Count >= most)
                at = text.Length;
            while (at < text.Length && !IsSpace(text[at]))
                at++;
            words.Add(text[start..at]);
        }
    }

    public static List<string> Split(string text, string separator, long most, bool fromRight)
    {
        var parts = new List<string>();
        if (fromRight)
        {
            var end = text.Length;
            while (most-- != 0 && text[..end].LastIndexOf(separator, StringComparison.Ordinal) is >= 0 and var found)
            {
                parts.Add(text[(found + separator.Length)..end]);
                end = found;
            }

            parts.Add(text[..end]);
            parts.Reverse();
            return parts;
        }

        var at = 0;
        while (most-- != 0 && text.IndexOf(separator, at, StringComparison.Ordinal) is >= 0 and var found)
        {
            parts.Add(text[at..found]);
            at = found + separator.Length;
        }

        parts.Add(text[at..]);
        return parts;
    }

    public static List<string> SplitLines(string text, bool keepEnds)
    {
        var lines = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && !IsLineBreak(text[end]))
                end++;
            var next = end == text.Length ? end
                : text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? end + 2 : end + 1;
            lines.Add(text[at..(keepEnds ? next : end)]);
            at = next;
        }

        return lines;
    }

    private static bool IsLineBreak(char c) =>
        c is '\n' or '\r' or '\v' or '\f' or '\x1c' or '\x1d' or '\x1e' or '\u0085' or '\u2028' or '\u2029';
}

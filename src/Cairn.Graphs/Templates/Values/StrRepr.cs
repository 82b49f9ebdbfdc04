using System.Globalization;
using System.Text;

namespace Cairn.Graphs.Templates.Values;

/// <summary>Python's repr of a str: single quotes unless that needs escaping and double quotes do not.</summary>
internal static class StrRepr
{
    public static void Write(StringBuilder text, string value)
    {
        var quote = value.Contains('\'') && !value.Contains('"') ? '"' : '\'';
        text.Append(quote);
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c == quote || c == '\\')
                text.Append('\\').Append(c);
            else if (c is >= ' ' and < '\u007f')
                text.Append(c);
            else if (c == '\n')
                text.Append("\\n");
            else if (c == '\r')
                text.Append("\\r");
            else if (c == '\t')
                text.Append("\\t");
            else if (char.IsSurrogatePair(value, i))
                WriteOther(text, char.ConvertToUtf32(value, i++));
            else
                WriteOther(text, c);
        }

        text.Append(quote);
    }

    public static string Of(string value)
    {
        var text = new StringBuilder(value.Length + 2);
        Write(text, value);
        return text.ToString();
    }

    /// <summary>Python's str.isprintable for one code point.</summary>
    public static bool IsPrintable(int codePoint)
    {
        if (codePoint == ' ')
            return true;
        return CharUnicodeInfo.GetUnicodeCategory(codePoint) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
    }

    private static void WriteOther(StringBuilder text, int codePoint)
    {
        if (IsPrintable(codePoint))
            text.Append(CodePoints.Text(codePoint));
        else if (codePoint <= 0xff)
            text.Append(CultureInfo.InvariantCulture, $"\\x{codePoint:x2}");
        else if (codePoint <= 0xffff)
            text.Append(CultureInfo.InvariantCulture, $"\\u{codePoint:x4}");
        else
            text.Append(CultureInfo.InvariantCulture, $"\\U{codePoint:x8}");
    }
}

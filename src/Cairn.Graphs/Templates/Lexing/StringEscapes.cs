using System.Globalization;
using System.Text;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Lexing;

/// <summary>The escapes of string literals: Python's unicode-escape codec.</summary>
internal static class StringEscapes
{
    public static Token Token(string body, Place place)
    {
        if (!body.Contains('\\'))
            return new Token(TokenKind.String, body, place, body);
        var text = new StringBuilder(body.Length);
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] != '\\')
            {
                text.Append(body[i]);
                continue;
            }

            if (Escape(body, ref i, text) is { } error)
                return new Token(TokenKind.Error, error, place);
        }

        var value = text.ToString();
        return new Token(TokenKind.String, value, place, value);
    }

    private static string? Escape(string body, ref int i, StringBuilder text)
    {
        var c = body[++i];
        switch (c)
        {
            case '\n':
                return null;
            case >= '0' and <= '7':
                var value = 0;
                var end = Math.Min(i + 3, body.Length);
                for (; i < end && body[i] is >= '0' and <= '7'; i++)
                    value = (value * 8) + (body[i] - '0');
                i--;
                text.Append((char)value);
                return null;
            case 'x':
                return Hexadecimal(body, ref i, 2, @"truncated \xXX escape", text);
            case 'u':
                return Hexadecimal(body, ref i, 4, @"truncated \uXXXX escape", text);
            case 'U':
                return Hexadecimal(body, ref i, 8, @"truncated \UXXXXXXXX escape", text);
            case 'N':
                return @"\N escapes are not offered: write the character itself or \uXXXX";
            default:
                text.Append(Simple(c) ?? Unknown(body, ref i));
                return null;
        }
    }

    private static string? Simple(char c) => c switch
    {
        '\\' => "\\",
        '\'' => "'",
        '"' => "\"",
        'a' => "\a",
        'b' => "\b",
        'f' => "\f",
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        'v' => "\v",
        _ => null,
    };

    /// <summary>
    /// An unknown escape keeps its backslash. Before a letter beyond ASCII the original escapes the letter first,
    /// so that its own escape loses its backslash to ours.
    /// </summary>
    private static string Unknown(string body, ref int i)
    {
        if (char.IsAscii(body[i]))
            return "\\" + body[i];
        var codePoint = char.IsSurrogatePair(body, i) ? char.ConvertToUtf32(body, i++) : body[i];
        var digits = codePoint <= 0xff ? $"x{codePoint:x2}" : codePoint <= 0xffff ? $"u{codePoint:x4}"
            : $"U{codePoint:x8}";
        return "\\" + digits;
    }

    private static string? Hexadecimal(string body, ref int i, int length, string error, StringBuilder text)
    {
        var digits = body.AsSpan(i + 1, Math.Min(length, body.Length - i - 1));
        if (digits.Length < length
            || !uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return error;
        }

        if (value > 0x10ffff)
            return "illegal Unicode character";
        i += length;
        text.Append(CodePoints.Text((int)value));
        return null;
    }
}

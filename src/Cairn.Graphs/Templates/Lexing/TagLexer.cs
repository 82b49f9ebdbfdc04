using System.Globalization;
using System.Numerics;
using Cairn.Graphs.Templates.Callables;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Lexing;

/// <summary>One token inside a tag: float, int, name, string, operator, tried in this order.</summary>
internal static class TagLexer
{
    private static readonly string[] Operators =
    [
        "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<",
        "=", ".", ":", "|", ",", ";",
    ];

    public static Token Next(string source, int at, Place place, Stack<char> open, out int next)
    {
        var c = source[at];
        if (char.IsAsciiDigit(c))
            return Number(source, at, place, out next);
        if (IsWord(source, at))
            return Name(source, at, place, out next);
        if (c is '\'' or '"' && StringEnd(source, at) is >= 0 and var end)
        {
            next = end;
            return StringEscapes.Token(source[(at + 1)..(end - 1)], place);
        }

        foreach (var op in Operators)
        {
            if (!source.AsSpan(at).StartsWith(op))
                continue;
            next = at + op.Length;
            return Balance(op, open) is { } error
                ? new Token(TokenKind.Error, error, place)
                : new Token(TokenKind.Operator, op, place);
        }

        next = at;
        var shown = StrRepr.Of(source.Substring(at, CodePoints.Size(source, at)));
        return new Token(
            TokenKind.Error, $"unexpected char {shown} at {CodePoints.Position(source, at)}", place);
    }

    private static string? Balance(string op, Stack<char> open)
    {
        switch (op)
        {
            case "{":
                open.Push('}');
                return null;
            case "(":
                open.Push(')');
                return null;
            case "[":
                open.Push(']');
                return null;
            case "}" or ")" or "]":
                if (!open.TryPop(out var expected))
                    return $"unexpected '{op}'";
                return expected == op[0] ? null : $"unexpected '{op}', expected '{expected}'";
            default:
                return null;
        }
    }

    private static Token Name(string source, int at, Place place, out int next)
    {
        next = at;
        while (next < source.Length && IsWord(source, next))
            next += CodePoints.Size(source, next);
        var name = source[at..next];
        return StrText.IsIdentifier(name)
            ? new Token(TokenKind.Name, name, place)
            : new Token(TokenKind.Error, "Invalid character in identifier", place);
    }

    private static bool IsWord(string source, int at)
    {
        var c = source[at];
        if (char.IsAscii(c))
            return char.IsAsciiLetterOrDigit(c) || c == '_';
        var codePoint = char.IsSurrogatePair(source, at) ? char.ConvertToUtf32(source, at) : c;
        return StrText.IsLetter(codePoint) || StrText.IsNumeric(codePoint)
            || CharUnicodeInfo.GetUnicodeCategory(codePoint) is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation;
    }

    private static int StringEnd(string source, int at)
    {
        for (var i = at + 1; i < source.Length; i++)
        {
            if (source[i] == '\\')
                i++;
            else if (source[i] == source[at])
                return i + 1;
        }

        return -1;
    }

    private static Token Number(string source, int at, Place place, out int next)
    {
        var afterPoint = at > 0 && source[at - 1] == '.';
        if (!afterPoint && FloatEnd(source, at) is > 0 and var floatEnd)
        {
            next = floatEnd;
            var text = source[at..next].Replace("_", "", StringComparison.Ordinal);
            return new Token(
                TokenKind.Float, text, place, double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
        }

        return Integer(source, at, place, out next);
    }

    private static int FloatEnd(string source, int at)
    {
        var i = Digits(source, at);
        var fraction = i < source.Length && source[i] == '.' ? Digits(source, i + 1) : -1;
        if (fraction > 0)
            i = fraction;
        if (i < source.Length && source[i] is 'e' or 'E')
        {
            var j = i + 1;
            if (j < source.Length && source[j] is '+' or '-')
                j++;
            if (Digits(source, j) is > 0 and var exponent)
                return exponent;
        }

        return fraction > 0 ? i : -1;
    }

    /// <summary>The end of digits with single underscores between them, or -1 where none stands.</summary>
    private static int Digits(string source, int i)
    {
        if (i >= source.Length || !char.IsAsciiDigit(source[i]))
            return -1;
        while (i < source.Length && (char.IsAsciiDigit(source[i]) || (source[i] == '_' && IsDigitAt(source, i + 1))))
            i++;
        return i;
    }

    private static bool IsDigitAt(string source, int i) => i < source.Length && char.IsAsciiDigit(source[i]);

    private static Token Integer(string source, int at, Place place, out int next)
    {
        var radix = at + 1 < source.Length && source[at] == '0' ? char.ToLowerInvariant(source[at + 1]) : ' ';
        Func<char, bool> allowed = radix switch
        {
            'b' => static c => c is '0' or '1',
            'o' => static c => c is >= '0' and <= '7',
            'x' => char.IsAsciiHexDigit,
            _ => source[at] == '0' ? static c => c == '0' : char.IsAsciiDigit,
        };
        var start = radix is 'b' or 'o' or 'x' ? at + 2 : at;
        next = start;
        while (next < source.Length && (allowed(source[next])
            || (source[next] == '_' && next + 1 < source.Length && allowed(source[next + 1]) && next >= start)))
        {
            next++;
        }

        if (next == start)
        {
            next = at + 1;
            return new Token(TokenKind.Integer, "0", place, 0);
        }

        var digits = source[start..next].Replace("_", "", StringComparison.Ordinal);
        if (radix is not ('b' or 'o' or 'x'))
        {
            return digits.Length > PyInteger.DigitLimit
                ? new Token(TokenKind.Error, $"an integer of {digits.Length} digits is too long", place)
                : new Token(TokenKind.Integer, digits, place, BigInteger.Parse(digits, CultureInfo.InvariantCulture));
        }

        var value = NumberText.InBase(digits, radix switch { 'b' => 2, 'o' => 8, _ => 16 });
        return new Token(TokenKind.Integer, digits, place, value);
    }
}

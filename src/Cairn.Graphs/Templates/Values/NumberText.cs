using System.Globalization;
using System.Numerics;
using Cairn.Graphs.Templates.Callables;

namespace Cairn.Graphs.Templates.Values;

/// <summary>Python's int(text, base) and float(text).</summary>
internal static class NumberText
{
    /// <summary>The int, or null where Python raises ValueError.</summary>
    public static BigInteger? Integer(string text, int radix)
    {
        var digits = StrText.Strip(text, null, left: true, right: true);
        var negative = digits.StartsWith('-');
        if (negative || digits.StartsWith('+'))
            digits = digits[1..];
        var prefixed = digits.Length > 1 && digits[0] == '0' ? char.ToLowerInvariant(digits[1]) : ' ';
        var marked = prefixed switch { 'b' => 2, 'o' => 8, 'x' => 16, _ => 0 };
        if (marked != 0 && (radix == 0 || radix == marked))
        {
            digits = digits[2..];
            if (digits.StartsWith('_'))
                digits = digits[1..];
            radix = marked;
        }
        else if (radix == 0)
        {
            if (digits.Length > 1 && digits[0] == '0' && digits.Trim('0', '_').Length > 0)
                return null;
            radix = 10;
        }

        if (Plain(digits) is not { Length: > 0 } plain || plain.Any(c => Digit(c) >= radix))
            return null;
        var value = radix == 10 ? BigInteger.Parse(plain, CultureInfo.InvariantCulture) : InBase(plain, radix);
        return negative ? -value : value;
    }

    public static BigInteger InBase(string digits, int radix)
    {
        BigInteger value = 0;
        foreach (var c in digits)
            value = (value * radix) + Digit(c);
        return value;
    }

    /// <summary>The double, or null where Python raises ValueError.</summary>
    public static double? Float(string text)
    {
        var body = StrText.Strip(text, null, left: true, right: true);
        var unsigned = body.TrimStart('+', '-');
        if (body.Length - unsigned.Length > 1)
            return null;
        var sign = body.StartsWith('-') ? -1.0 : 1.0;
        switch (unsigned.ToLowerInvariant())
        {
            case "nan":
                return double.NaN;
            case "inf" or "infinity":
                return sign * double.PositiveInfinity;
        }

        if (Plain(unsigned) is not { Length: > 0 } plain
            || !plain.All(static c => char.IsAsciiDigit(c) || c is '.' or 'e' or 'E' or '+' or '-'))
        {
            return null;
        }

        return double.TryParse(
            plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture,
                out var value)
            ? sign * value
            : null;
    }

    /// <summary>Any script's decimal digits as ASCII, underscores between digits dropped; null where one stands
    /// wrong.</summary>
    private static string? Plain(string text)
    {
        var plain = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i += CodePoints.Size(text, i))
        {
            if (text[i] == '_')
            {
                if (i == 0 || i + 1 == text.Length || !char.IsLetterOrDigit(text[i - 1])
                    || !char.IsLetterOrDigit(text[i + 1]))
                {
                    return null;
                }

                continue;
            }

            var digit = CharUnicodeInfo.GetDecimalDigitValue(text, i);
            plain.Append(digit >= 0 ? (char)('0' + digit) : text[i]);
        }

        return plain.ToString();
    }

    private static int Digit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'z' => c - 'a' + 10,
        >= 'A' and <= 'Z' => c - 'A' + 10,
        _ => int.MaxValue,
    };
}

using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Cairn.Graphs.Yaml;

/// <summary>Python's <c>int(text)</c> and <c>float(text)</c>: blanks, underscores, digits of any script.</summary>
internal static class PythonNumber
{
    /// <summary>CPython reads no longer decimal numbers.</summary>
    private const int DigitLimit = 4300;

    /// <summary>The int, or null where Python raises.</summary>
    public static BigInteger? Integer(string text)
    {
        var ascii = Ascii(text);
        if (ascii is null)
            return null;
        var digits = ascii.AsSpan(ascii.Length > 0 && ascii[0] is '+' or '-' ? 1 : 0);
        if (digits.Length is 0 or > DigitLimit || digits.ContainsAnyExceptInRange('0', '9'))
            return null;
        return BigInteger.Parse(ascii, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }

    /// <summary>The float, or null where Python raises.</summary>
    public static double? Float(string text)
    {
        var ascii = Ascii(text);
        if (string.IsNullOrEmpty(ascii))
            return null;
        var sign = ascii[0] == '-' ? -1d : 1d;
        var body = ascii[0] is '+' or '-' ? ascii[1..] : ascii;
        switch (body.ToLowerInvariant())
        {
            case "inf" or "infinity":
                return sign * double.PositiveInfinity;
            case "nan":
                return double.NaN;
        }

        // .NET also reads blanks, groups and names that Python does not: only digits, point and exponent go through.
        return body.Length > 0 && char.IsAsciiDigit(body[^1]) | body[^1] == '.' && body[0] is not ('+' or '-')
            && !body.AsSpan().ContainsAnyExcept(FloatCharacters)
            && double.TryParse(body, Style, CultureInfo.InvariantCulture, out var value)
            ? sign * value
            : null;
    }

    private static readonly SearchValues<char> FloatCharacters = SearchValues.Create("0123456789.eE+-");

    private const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Blanks cut, underscores dropped, digits made ASCII; null for a misplaced underscore.</summary>
    private static string? Ascii(string text)
    {
        var result = new StringBuilder(text.Length);
        var previousIsDigit = false;
        var runes = text.Trim(Blanks).EnumerateRunes().ToArray();
        for (var i = 0; i < runes.Length; i++)
        {
            var digit = Digit(runes[i]);
            if (digit >= 0)
                result.Append((char)('0' + digit));
            else if (runes[i].Value != '_')
                result.Append(runes[i].ToString());
            else if (!previousIsDigit || i + 1 == runes.Length || Digit(runes[i + 1]) < 0)
                return null;
            previousIsDigit = digit >= 0;
        }

        return result.ToString();
    }

    private static int Digit(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber
        ? (int)Rune.GetNumericValue(rune)
        : -1;

    /// <summary>What Python's <c>str.isspace</c> holds to be a blank.</summary>
    private static readonly char[] Blanks = Enumerable.Range(0, 0x3001).Select(code => (char)code)
        .Where(c => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f').ToArray();
}

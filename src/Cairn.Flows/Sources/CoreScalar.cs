using System.Globalization;

namespace Cairn.Flows.Sources;

/// <summary>What a scalar of a source is.</summary>
internal enum CoreKind
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>Null.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A 64-bit integer.</summary>
    Integer,

    /// <summary>A double.</summary>
    Double,
}

/// <summary>A scalar's kind and value (spec/workflows.md 2.3): YAML 1.2 core, integers of 64 bits.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Bits">The boolean (0, 1), the integer, or the double's bits.</param>
internal readonly record struct CoreScalar(CoreKind Kind, long Bits)
{
    /// <summary>A string.</summary>
    public static CoreScalar Text => default;

    /// <summary>The number of kind Double.</summary>
    public double Number => BitConverter.Int64BitsToDouble(Bits);

    /// <summary>An unquoted scalar.</summary>
    public static CoreScalar OfPlain(string text) => text.Length == 0
        ? new CoreScalar(CoreKind.Null, 0)
        : text[0] switch
        {
            '~' or 'n' or 'N' => text is "~" or "null" or "Null" or "NULL" ? new CoreScalar(CoreKind.Null, 0) : Text,
            't' or 'T' => text is "true" or "True" or "TRUE" ? new CoreScalar(CoreKind.Boolean, 1) : Text,
            'f' or 'F' => text is "false" or "False" or "FALSE" ? new CoreScalar(CoreKind.Boolean, 0) : Text,
            (>= '0' and <= '9') or '-' or '+' or '.' => OfNumber(text),
            _ => Text,
        };

    /// <summary>A scalar that must be a number; anything else is a text.</summary>
    private static CoreScalar OfNumber(string text)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return Radix(text, 16);
        if (text.StartsWith("0o", StringComparison.Ordinal))
            return Radix(text, 8);
        var body = text[0] is '-' or '+' ? text.AsSpan(1) : text;
        if (body is ".inf" or ".Inf" or ".INF")
            return Of(text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity);
        if (text is ".nan" or ".NaN" or ".NAN")
            return Of(double.NaN);
        var digits = Digits(body);
        if (digits == body.Length)
            return digits == 0 ? Text
                : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                    ? new CoreScalar(CoreKind.Integer, whole)
                    : Of(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
        return IsDecimal(body, digits)
            ? Of(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture))
            : Text;
    }

    private static bool IsDecimal(ReadOnlySpan<char> text, int whole)
    {
        var at = whole;
        var fraction = 0;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            fraction = Digits(text[at..]);
            at += fraction;
        }

        if (whole + fraction == 0)
            return false;
        if (at == text.Length)
            return true;
        if (text[at] is not ('e' or 'E'))
            return false;
        at++;
        if (at < text.Length && text[at] is ('-' or '+'))
            at++;
        return at < text.Length && Digits(text[at..]) == text.Length - at;
    }

    private static CoreScalar Radix(string text, int radix)
    {
        if (text.Length == 2)
            return Text;
        double value = 0;
        ulong bits = 0;
        foreach (var c in text.AsSpan(2))
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix)
                return Text;
            value = value * radix + digit;
            bits = unchecked(bits * (ulong)radix + (ulong)digit);
        }

        return value <= long.MaxValue && bits <= long.MaxValue
            ? new CoreScalar(CoreKind.Integer, (long)bits)
            : Of(value);
    }

    private static CoreScalar Of(double value) => new(CoreKind.Double, BitConverter.DoubleToInt64Bits(value));

    private static int Digits(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count]))
            count++;
        return count;
    }
}

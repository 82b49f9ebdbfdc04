using System.Globalization;
using System.Numerics;
using System.Text;
using Cairn.Graphs.Templates.Callables;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Formatting;

/// <summary>A format: fill, alignment, sign, alternate form, width, grouping and precision, shared by % and
/// format().</summary>
internal sealed record FormatSpec
{
    /// <summary>The longest run of digits after the point worth asking for.</summary>
    private const int PrecisionLimit = 100_000;

    public string Fill { get; init; } = " ";

    public char? Align { get; init; }

    public char Sign { get; init; } = '-';

    public bool IsAlternate { get; init; }

    public long Width { get; init; }

    public char? Grouping { get; init; }

    public long? Precision { get; init; }

    /// <summary>A text cut to the precision and padded to the width.</summary>
    public string Text(string text, Fuel fuel)
    {
        if (Precision is { } most && CodePoints.Count(text) > most)
            text = text[..CodePoints.Offset(text, (int)most)];
        return Pad(text, Align ?? '<', fuel);
    }

    /// <summary>Sign, prefix and digits of an int.</summary>
    public (string Prefix, string Digits) Integer(BigInteger value, char type)
    {
        var digits = BigInteger.Abs(value);
        var body = type switch
        {
            'd' or 'n' => digits.ToString(CultureInfo.InvariantCulture),
            'b' => InBase(digits, 2),
            'o' => InBase(digits, 8),
            _ => InBase(digits, 16),
        };
        if (type == 'X')
            body = body.ToUpperInvariant();

        // % takes a precision as the least number of digits.
        if (Precision is { } least && body.Length < least)
            body = body.PadLeft((int)Math.Min(least, PrecisionLimit), '0');
        var prefix = IsAlternate && type is 'b' or 'o' or 'x' or 'X' && IsAlternate ? "0" + type : "";
        return (SignOf(value.Sign < 0) + prefix, Grouped(body, type is 'd' or 'n' ? 3 : 4));
    }

    /// <summary>Sign and digits of a float; type is one of eEfFgG%, or r for repr.</summary>
    public (string Prefix, string Digits) Float(double value, char type, Fuel fuel)
    {
        var isNegative = double.IsNegative(value) && !double.IsNaN(value);
        if (!double.IsFinite(value))
        {
            var name = double.IsNaN(value) ? "nan" : "inf";
            return (SignOf(isNegative),
                (char.IsUpper(type) ? name.ToUpperInvariant() : name) + (type == '%' ? "%" : ""));
        }

        var places = (int)Math.Min(Precision ?? 6, PrecisionLimit);
        fuel.Text(places * 8L);
        var magnitude = Math.Abs(value);
        var body = type switch
        {
            'f' or 'F' => FloatDigits.Fixed(magnitude, places),
            '%' => FloatDigits.Fixed(magnitude * 100, places),
            'e' or 'E' => Exponent(FloatDigits.Scientific(magnitude, places)),
            _ => General(magnitude, Math.Max(places, 1), type == 'r'),
        };
        if (IsAlternate && !body.Contains('.'))
            body = body.Contains('e') ? body.Replace("e", ".e", StringComparison.Ordinal) : body + ".";
        if (char.IsUpper(type))
            body = body.ToUpperInvariant();
        var end = body.AsSpan().IndexOfAny('.', 'e', 'E');
        if (end < 0)
            end = body.Length;
        return (SignOf(isNegative), Grouped(body[..end], 3) + body[end..] + (type == '%' ? "%" : ""));
    }

    /// <summary>Pads a number: zeros go between sign and digits.</summary>
    public string PadNumber((string Prefix, string Digits) number, Fuel fuel)
    {
        var (prefix, digits) = number;
        var align = Align ?? '>';
        var isZeros = Fill == "0" && Align is null or '>' && Fill == "0";
        if (align != '=' && !(isZeros && !IsPlainAlign))
            return Pad(prefix + digits, align, fuel, IsPlainAlign ? Fill : Fill == "0" ? " " : Fill);
        var missing = Width - prefix.Length - CodePoints.Count(digits);
        if (missing <= 0)
            return prefix + digits;
        fuel.Text(Width);
        if (Grouping is { } mark && Fill == "0")
            return prefix + ZeroGrouped(digits, mark);
        return prefix + StrShape.Repeat(Fill, (int)missing) + digits;
    }

    /// <summary>format() lets zero be an ordinary fill where an alignment is given.</summary>
    public bool IsPlainAlign { get; init; }

    private static string InBase(BigInteger value, int radix)
    {
        if (value.IsZero)
            return "0";
        if (radix == 16)
            return value.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
        if (radix == 2)
            return value.ToString("b", CultureInfo.InvariantCulture).TrimStart('0');
        var digits = new StringBuilder();
        for (; !value.IsZero; value >>= 3)
            digits.Insert(0, (char)('0' + (int)(value & 7)));
        return digits.ToString();
    }

    private static string Exponent((string Digits, int Exponent) parts)
    {
        var (digits, exponent) = parts;
        var mantissa = digits.Length == 1 ? digits : string.Concat(digits.AsSpan(0, 1), ".", digits.AsSpan(1));
        return $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private string General(double value, int significant, bool isRepr)
    {
        var (digits, exponent) = FloatDigits.Scientific(value, significant - 1);
        if (exponent < -4 || exponent >= significant - (isRepr ? 1 : 0))
        {
            var parts = IsAlternate ? digits : digits.TrimEnd('0').PadRight(1, '0');
            return Exponent((parts, exponent));
        }

        var body = FloatDigits.Fixed(value, Math.Max(0, significant - 1 - exponent));
        if (!IsAlternate && body.Contains('.'))
            body = body.TrimEnd('0').TrimEnd('.');
        return isRepr && !body.Contains('.') ? body + ".0" : body;
    }

    private string SignOf(bool isNegative) => isNegative ? "-" : Sign == '-' ? "" : Sign.ToString();

    private string Grouped(string digits, int size)
    {
        if (Grouping is not { } mark)
            return digits;
        var grouped = new StringBuilder(digits);
        for (var i = digits.Length - size; i > 0; i -= size)
            grouped.Insert(i, mark);
        return grouped.ToString();
    }

    /// <summary>Zeros before grouped digits are grouped too, and may not begin with a mark.</summary>
    private string ZeroGrouped(string digits, char mark)
    {
        var point = digits.AsSpan().IndexOfAny('.', 'e', 'E');
        var tail = point < 0 ? "" : digits[point..];
        var plain = (point < 0 ? digits : digits[..point]).Replace(mark.ToString(), "", StringComparison.Ordinal);
        var wanted = Width - tail.Length;
        while (true)
        {
            var grouped = Grouped(plain, 3);
            if (grouped.Length >= wanted)
                return grouped + tail;
            plain = "0" + plain;
        }
    }

    private string Pad(string text, char align, Fuel fuel) => Pad(text, align, fuel, Fill);

    private string Pad(string text, char align, Fuel fuel, string fill)
    {
        var missing = Width - CodePoints.Count(text);
        if (missing <= 0)
            return text;
        fuel.Text(Width);
        var left = align switch
        {
            '<' => 0,
            '^' => missing / 2,
            _ => missing,
        };
        return StrShape.Repeat(fill, (int)left) + text + StrShape.Repeat(fill, (int)(missing - left));
    }
}

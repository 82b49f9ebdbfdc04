using System.Globalization;
using System.Numerics;

namespace Cairn.Graphs.Templates.Values;

/// <summary>Doubles as Python writes them.</summary>
internal static class FloatText
{
    /// <summary>repr(x): shortest digits; exponent form below 1e-4 and from 1e16.</summary>
    public static string Repr(double value)
    {
        if (double.IsNaN(value))
            return "nan";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";
        var (negative, digits, point) = Shortest(value);
        var body = point is > -4 and <= 16 ? Plain(digits, point) : Exponent(digits, point);
        return negative ? "-" + body : body;
    }

    /// <summary>The shortest digits, and the place of the point after them: 0.5 is "5", 0.</summary>
    public static (bool Negative, string Digits, int Point) Shortest(double value)
    {
        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var negative = text[0] == '-';
        if (value == 0)
            return (negative, "0", 1);
        var mantissa = shortest.AsSpan(negative ? 1 : 0);
        var exponent = 0;
        var e = mantissa.IndexOf('E');
        if (e >= 0)
        {
            exponent = int.Parse(mantissa[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            mantissa = mantissa[..e];
        }

        var dot = mantissa.IndexOf('.');
        var point = (dot < 0 ? mantissa.Length : dot) + exponent;
        var digits = mantissa.ToString().Replace(".", "", StringComparison.Ordinal);
        var zeros = digits.Length - digits.TrimStart('0').Length;
        return (negative, digits.Trim('0'), point - zeros);
    }

    /// <summary>The nearest double, rounded half to even; infinite where too large.</summary>
    public static double FromBig(BigInteger value)
    {
        var magnitude = BigInteger.Abs(value);
        var shift = (int)Math.Min(int.MaxValue, magnitude.GetBitLength() - 64);
        if (shift <= 0)
            return (double)value;
        if (shift > 1000)
            return value.Sign * double.PositiveInfinity;
        var top = (ulong)(magnitude >> shift);
        var sticky = (magnitude & ((BigInteger.One << shift) - 1)) != 0;
        if (sticky)
            top |= 1;
        return value.Sign * Math.ScaleB((double)top, shift);
    }

    private static string Plain(string digits, int point)
    {
        if (point <= 0)
            return "0." + new string('0', -point) + digits;
        return point >= digits.Length
            ? digits + new string('0', point - digits.Length) + ".0"
            : string.Concat(digits.AsSpan(0, point), ".", digits.AsSpan(point));
    }

    private static string Exponent(string digits, int point)
    {
        var exponent = point - 1;
        var mantissa = digits.Length == 1 ? digits : string.Concat(digits.AsSpan(0, 1), ".", digits.AsSpan(1));
        var sign = exponent < 0 ? '-' : '+';
        return $"{mantissa}e{sign}{Math.Abs(exponent):00}";
    }
}

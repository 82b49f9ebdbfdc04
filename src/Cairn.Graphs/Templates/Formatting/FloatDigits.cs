using System.Globalization;
using System.Numerics;

namespace Cairn.Graphs.Templates.Formatting;

/// <summary>The digits of a double to a given place, rounded half to even on its exact value.</summary>
internal static class FloatDigits
{
    /// <summary><c>%.nf</c>, with the sign.</summary>
    public static string Fixed(double value, int places)
    {
        var sign = double.IsNegative(value) ? "-" : "";
        if (!double.IsFinite(value))
            return sign + (double.IsNaN(value) ? "nan" : "inf");
        var digits = Scaled(Math.Abs(value), places, 0).ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        return places == 0 ? sign + digits
            : $"{sign}{digits.AsSpan(0, digits.Length - places)}.{digits.AsSpan(digits.Length - places)}";
    }

    /// <summary>The significant digits, one before the point, and the exponent of ten.</summary>
    public static (string Digits, int Exponent) Scientific(double value, int places)
    {
        value = Math.Abs(value);
        if (value == 0)
            return (new string('0', places + 1), 0);
        var exponent = (int)Math.Floor(Math.Log10(value));
        while (true)
        {
            var digits = Scaled(value, places - exponent, 0).ToString(CultureInfo.InvariantCulture);
            if (digits.Length == places + 1)
                return (digits, exponent);
            if (digits.Length > places + 1)
            {
                // 9.99 rounded up to 10.0: one digit too many, all zeros after the first.
                exponent++;
                if (digits.AsSpan(1).TrimEnd('0').Length == 0 && digits[0] == '1')
                    return (digits[..^1], exponent);
            }
            else
            {
                exponent--;
            }
        }
    }

    /// <summary>
    /// value * 10^places, rounded. With <paramref name="later"/> below zero the result will be rounded again at that
    /// place, so a dropped fraction leaves a mark that keeps it from looking like a tie.
    /// </summary>
    public static BigInteger Scaled(double value, int places, long later)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7ff);
        BigInteger mantissa = bits & 0xfffffffffffffL;
        if (exponent == 0)
            exponent++;
        else
            mantissa |= 1L << 52;
        exponent -= 1075;
        var top = places > 0 ? mantissa * BigInteger.Pow(10, places) : mantissa;
        var bottom = places < 0 ? BigInteger.Pow(10, -places) : BigInteger.One;
        if (exponent > 0)
            top <<= exponent;
        else
            bottom <<= -exponent;
        var quotient = BigInteger.DivRem(top, bottom, out var rest);
        if (later < 0)
            return rest.IsZero || !(quotient % 5).IsZero ? quotient : quotient + 1;
        var half = (rest * 2).CompareTo(bottom);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }
}

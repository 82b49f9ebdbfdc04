using System.Numerics;

namespace Cairn.Flows.Tests.Expressions;

/// <summary>Numbers as exact fractions, for the naive evaluator.</summary>
internal static class Fraction
{
    /// <summary>-1, 0 or 1; null beside NaN.</summary>
    public static int? Compare(object left, object right)
    {
        if (left is double.NaN || right is double.NaN)
            return null;
        if (IsInfinite(left) || IsInfinite(right))
            return (IsInfinite(left) ? (double)left : 0).CompareTo(IsInfinite(right) ? (double)right : 0);
        var (a, b) = (Of(left), Of(right));
        return (a.Top * b.Bottom).CompareTo(b.Top * a.Bottom);
    }

    public static BigInteger Floor(BigInteger top, BigInteger bottom)
    {
        var quotient = BigInteger.DivRem(top, bottom, out var rest);
        return !rest.IsZero && rest.Sign != bottom.Sign ? quotient - 1 : quotient;
    }

    /// <summary>The floor of a quotient and what remains, both exact but for the last rounding.</summary>
    public static (double Quotient, double Remainder) Divide(double left, double right)
    {
        if (!double.IsFinite(left) || double.IsNaN(right))
            return (Math.Floor(left / right), double.NaN);
        if (double.IsInfinity(right))
        {
            var isApart = left != 0 && left < 0 != right < 0;
            return (isApart ? -1 : 0, isApart ? right : left);
        }

        var (a, b) = (Of(left), Of(right));
        var quotient = Floor(a.Top * b.Bottom, a.Bottom * b.Top);
        var (top, bottom) = ((a.Top * b.Bottom) - (quotient * b.Top * a.Bottom), a.Bottom * b.Bottom);
        return ((double)quotient, ToDouble(top, bottom));
    }

    private static bool IsInfinite(object number) =>
        number is double and (double.PositiveInfinity or double.NegativeInfinity);

    private static (BigInteger Top, BigInteger Bottom) Of(object number)
    {
        if (number is long whole)
            return (whole, 1);
        var bits = BitConverter.DoubleToInt64Bits((double)number);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = (BigInteger)(bits & 0xFFFFFFFFFFFFF) + (exponent == 0 ? 0 : 1L << 52);
        var power = Math.Max(exponent, 1) - 1075;
        var top = bits < 0 ? -mantissa : mantissa;
        return power >= 0 ? (top << power, 1) : (top, BigInteger.One << -power);
    }

    private static double ToDouble(BigInteger top, BigInteger bottom)
    {
        // Bottom is a power of two and both shrink together: the quotient of two doubles that hold them exactly.
        var shared = BigInteger.GreatestCommonDivisor(top, bottom);
        return shared.IsZero ? 0 : Scaled(top / shared, bottom / shared);
    }

    private static double Scaled(BigInteger top, BigInteger bottom)
    {
        var shift = (int)(bottom.GetBitLength() - 1);
        var value = (double)top;
        for (; shift > 1000; shift -= 1000)
            value *= Math.Pow(2, -1000);
        return value * Math.Pow(2, -shift);
    }
}

using System.Globalization;
using System.Numerics;
using Cairn.Graphs.Templates.Callables;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Formatting;

/// <summary>Python's round(x, n): half to even, on the exact value.</summary>
internal static class Rounding
{
    /// <summary>No double has more decimal places, nor more digits before the point.</summary>
    private const int PlacesLimit = 323;

    public static PyValue Round(PyValue value, PyValue places)
    {
        switch (value)
        {
            case PyInteger integer:
                if (places is PyNone)
                    return integer.Big;
                return RoundWhole(integer.Big, Expect.Index(places, 0));
            case PyFloat { Value: var number }:
                if (places is PyNone)
                    return ToWhole(number);
                var count = Expect.Index(places, 0);
                if (!double.IsFinite(number) || count > PlacesLimit)
                    return number;
                if (count < -308)
                    return Math.CopySign(0, number);
                var rounded = count >= 0
                    ? double.Parse(FloatDigits.Fixed(number, (int)count), CultureInfo.InvariantCulture)
                    : Math.CopySign(
                        FloatText.FromBig(RoundWhole(FloatDigits.Scaled(Math.Abs(number), 0, count), count)), number);
                return double.IsInfinity(rounded)
                    ? throw new PyException(PyErrorKind.OverflowError, "rounded value too large to represent")
                    : rounded;
            default:
                throw PyException.Type($"type {value.TypeName} doesn't define __round__ method");
        }
    }

    private static BigInteger ToWhole(double number)
    {
        if (double.IsNaN(number))
            throw PyException.Value("cannot convert float NaN to integer");
        if (double.IsInfinity(number))
            throw new PyException(PyErrorKind.OverflowError, "cannot convert float infinity to integer");
        return new BigInteger(Math.Round(number, MidpointRounding.ToEven));
    }

    private static BigInteger RoundWhole(BigInteger value, long places)
    {
        if (places >= 0)
            return value;
        if (places < -PyInteger.DigitLimit)
            return 0;
        var unit = BigInteger.Pow(10, (int)-places);
        var quotient = BigInteger.DivRem(BigInteger.Abs(value), unit, out var rest);
        var half = (rest * 2).CompareTo(unit);
        if (half > 0 || (half == 0 && !quotient.IsEven))
            quotient++;
        return quotient * unit * value.Sign;
    }
}

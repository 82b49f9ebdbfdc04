using System.Numerics;

namespace Cairn.Graphs.Templates.Values;

/// <summary>Python's <c>**</c>.</summary>
internal static class Power
{
    public static PyValue Raise(PyValue left, PyValue right, Fuel fuel)
    {
        Arithmetic.Refuse(left, right);
        Arithmetic.RequireNumbers("** or pow()", left, right);
        if (left is PyInteger number && right is PyInteger exponent && exponent.Big.Sign >= 0)
            return Integers(number, exponent, fuel);
        var x = Arithmetic.ToDouble(left);
        var y = Arithmetic.ToDouble(right);
        if (x == 0 && y < 0)
        {
            throw new PyException(
                PyErrorKind.ZeroDivisionError, "0.0 cannot be raised to a negative power");
        }

        if (x < 0 && !double.IsInfinity(x) && !double.IsInfinity(y) && !double.IsNaN(y) && Math.Floor(y) != y)
        {
            throw new PyException(
                PyErrorKind.Refused, "a negative number to a fractional power is complex, which templates do not have");
        }

        var result = Math.Pow(x, y);
        if (double.IsInfinity(result) && !double.IsInfinity(x) && !double.IsInfinity(y))
            throw new PyException(PyErrorKind.OverflowError, "(34, 'Numerical result out of range')");
        return new PyFloat(result);
    }

    private static PyInteger Integers(PyInteger number, PyInteger exponent, Fuel fuel)
    {
        var value = number.Big;
        if (value.IsZero || value.IsOne)
            return exponent.Truth() ? Plain(number) : PyInt.Of(1);
        if (value == BigInteger.MinusOne)
            return PyInt.Of(exponent.Big.IsEven ? 1 : -1);
        if (!exponent.TrySmall(out var power))
            power = long.MaxValue;
        var bits = value.GetBitLength() * (double)power;
        fuel.Text(bits / 8 > long.MaxValue / 2 ? long.MaxValue : (long)(bits / 8));
        fuel.Spend((long)(bits / 64 * bits / 64 / 64));
        return PyInteger.Of(BigInteger.Pow(value, (int)power));
    }

    private static PyInteger Plain(PyInteger number) => PyInteger.Of(number.Big);
}

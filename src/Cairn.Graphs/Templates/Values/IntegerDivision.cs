using System.Numerics;

namespace Cairn.Graphs.Templates.Values;

/// <summary>Division of ints: floors toward minus infinity, true division rounded correctly.</summary>
internal static class IntegerDivision
{
    /// <summary>Below this both operands are exact doubles, and one division rounds correctly.</summary>
    private const long Exact = 1L << 53;

    private const int QuotientBits = 66;

    public static double True(PyInteger left, PyInteger right)
    {
        if (!right.Truth())
            throw new PyException(PyErrorKind.ZeroDivisionError, "division by zero");
        if (left.TrySmall(out var a) && right.TrySmall(out var b) && Math.Abs((double)a) < Exact
            && Math.Abs((double)b) < Exact)
        {
            return (double)a / b;
        }

        var sign = left.Big.Sign * right.Big.Sign;
        var dividend = BigInteger.Abs(left.Big);
        var divisor = BigInteger.Abs(right.Big);
        var shift = (int)(QuotientBits - (dividend.GetBitLength() - divisor.GetBitLength()));
        if (shift < -1100)
            throw new PyException(PyErrorKind.OverflowError, "integer division result too large for a float");
        var quotient = shift >= 0
            ? BigInteger.DivRem(dividend << shift, divisor, out var rest)
            : BigInteger.DivRem(dividend, divisor << -shift, out rest);
        if (!rest.IsZero)
            quotient |= 1;
        var result = sign * Math.ScaleB(FloatText.FromBig(quotient), -shift);
        return double.IsInfinity(result)
            ? throw new PyException(PyErrorKind.OverflowError, "integer division result too large for a float")
            : result;
    }

    public static PyInteger Floor(PyInteger left, PyInteger right)
    {
        if (!right.Truth())
            throw new PyException(PyErrorKind.ZeroDivisionError, "integer division or modulo by zero");
        if (left.TrySmall(out var a) && right.TrySmall(out var b) && a != long.MinValue)
        {
            var quotient = a / b;
            return PyInt.Of(a % b != 0 && a < 0 != b < 0 ? quotient - 1 : quotient);
        }

        var big = BigInteger.DivRem(left.Big, right.Big, out var rest);
        return PyInteger.Of(!rest.IsZero && rest.Sign != right.Big.Sign ? big - 1 : big);
    }

    public static PyInteger Remainder(PyInteger left, PyInteger right)
    {
        if (!right.Truth())
            throw new PyException(PyErrorKind.ZeroDivisionError, "integer modulo by zero");
        if (left.TrySmall(out var a) && right.TrySmall(out var b) && b != -1)
        {
            var small = a % b;
            return PyInt.Of(small != 0 && small < 0 != b < 0 ? small + b : small);
        }

        var rest = BigInteger.Remainder(left.Big, right.Big);
        return PyInteger.Of(!rest.IsZero && rest.Sign != right.Big.Sign ? rest + right.Big : rest);
    }
}

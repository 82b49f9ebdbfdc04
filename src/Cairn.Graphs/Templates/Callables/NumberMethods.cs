using System.Globalization;
using System.Numerics;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Callables;

/// <summary>The attributes and methods of int and float that make sense in text.</summary>
internal static class NumberMethods
{
    public static PyValue? Integer(PyInteger self, string name) => name switch
    {
        "real" or "numerator" => PyInteger.Of(self.Big),
        "imag" => PyInt.Of(0),
        "denominator" => PyInt.Of(1),
        "bit_length" => Method(self, name, static s =>
            (long)(s.Big.Sign < 0 ? BigInteger.Negate(s.Big) : s.Big).GetBitLength()),
        "bit_count" => Method(self, name, static s => BitCount(BigInteger.Abs(s.Big))),
        "conjugate" => Method(self, name, static s => PyInteger.Of(s.Big)),
        "as_integer_ratio" => Method(self, name, static s => new PyTuple(PyInteger.Of(s.Big), 1)),
        "to_bytes" => new PyFunction("<built-in method to_bytes of int object at 0x7f0000000000>", static (_, _) =>
            throw new PyException(PyErrorKind.Refused, "int.to_bytes is not offered: templates have no bytes")),
        _ => null,
    };

    public static PyValue? Float(PyFloat self, string name) => name switch
    {
        "real" => self,
        "imag" => new PyFloat(0),
        "is_integer" => Method(self, name, static s => Math.Floor(s.Value) == s.Value && !double.IsInfinity(s.Value)),
        "conjugate" => Method(self, name, static s => s),
        "as_integer_ratio" => Method(self, name, static s => Ratio(s.Value)),
        "hex" => Method(self, name, static s => Hex(s.Value)),
        _ => null,
    };

    private static PyMethod<T> Method<T>(T self, string name, Func<T, PyValue> body)
        where T : PyValue =>
        new(self, new BuiltinMethod<T>(name, MethodStyle.Fixed, 0, 0, (s, _, _) => body(s)));

    private static long BitCount(BigInteger value)
    {
        long count = 0;
        foreach (var part in value.ToByteArray())
            count += BitOperations.PopCount(part);
        return count;
    }

    private static PyTuple Ratio(double value)
    {
        if (double.IsNaN(value))
            throw PyException.Value("cannot convert NaN to integer ratio");
        if (double.IsInfinity(value))
            throw new PyException(PyErrorKind.OverflowError, "cannot convert Infinity to integer ratio");
        var shift = 0;
        while (Math.Floor(value) != value)
        {
            value *= 2;
            shift++;
        }

        return new PyTuple(PyInteger.Of(new BigInteger(value)), PyInteger.Of(BigInteger.One << shift));
    }

    private static string Hex(double value)
    {
        if (!double.IsFinite(value))
            return FloatText.Repr(value);
        var bits = BitConverter.DoubleToInt64Bits(value);
        var sign = bits < 0 ? "-" : "";
        var exponent = (int)((bits >> 52) & 0x7ff);
        var mantissa = bits & 0xfffffffffffffL;
        if (exponent == 0 && mantissa == 0)
            return sign + "0x0.0p+0";
        var lead = exponent == 0 ? 0 : 1;
        var power = exponent == 0 ? -1022 : exponent - 1023;
        return string.Create(
            CultureInfo.InvariantCulture, $"{sign}0x{lead}.{mantissa:x13}p{(power < 0 ? "-" : "+")}{Math.Abs(power)}");
    }
}

using System.Globalization;
using System.Numerics;
using System.Text;
using Cairn.Graphs.Templates.Callables;

namespace Cairn.Graphs.Templates.Values;

/// <summary>A Python int of any size; bool is one too.</summary>
internal abstract class PyInteger : PyValue
{
    /// <summary>CPython refuses to write or read decimal numbers longer than this.</summary>
    public const int DigitLimit = 4300;

    public abstract BigInteger Big { get; }

    /// <summary>The value where it fits 64 bits.</summary>
    public abstract bool TrySmall(out long value);

    public static PyInteger Of(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? PyInt.Of((long)value) : new PyBigInt(value);

    public override PyValue? Attribute(string name) => NumberMethods.Integer(this, name);

    public override bool EqualTo(PyValue other, Fuel fuel) => other switch
    {
        PyInteger integer => TrySmall(out var left) && integer.TrySmall(out var right)
            ? left == right
            : Big == integer.Big,
        PyFloat number => Comparison.Order(this, number) == 0,
        _ => false,
    };

    /// <summary>Python's <c>float(x)</c>.</summary>
    public double ToDouble()
    {
        if (TrySmall(out var small))
            return small;
        var number = FloatText.FromBig(Big);
        return double.IsInfinity(number)
            ? throw new PyException(PyErrorKind.OverflowError, "int too large to convert to float")
            : number;
    }
}

/// <summary>True or False.</summary>
internal sealed class PyBool : PyInteger
{
    public static readonly PyBool True = new(true);
    public static readonly PyBool False = new(false);
    private readonly bool value;

    private PyBool(bool value) => this.value = value;

    public override string TypeName => "bool";

    public override BigInteger Big => value ? 1 : 0;

    public static PyBool Of(bool value) => value ? True : False;

    public override bool TrySmall(out long small)
    {
        small = value ? 1 : 0;
        return true;
    }

    public override bool Truth() => value;

    public override int Hash() => value ? 1 : 0;

    public override string Str(Fuel fuel) => value ? "True" : "False";

    public override void WriteRepr(StringBuilder text, Fuel fuel) => text.Append(value ? "True" : "False");
}

/// <summary>An int of 64 bits.</summary>
internal sealed class PyInt : PyInteger
{
    private const int SmallestShared = -128;
    private static readonly PyInt[] Shared = MakeShared();

    private PyInt(long value) => Value = value;

    public long Value { get; }

    public override string TypeName => "int";

    public override BigInteger Big => Value;

    public static PyInt Of(long value)
    {
        var index = value - SmallestShared;
        return (ulong)index < (ulong)Shared.Length ? Shared[index] : new PyInt(value);
    }

    public override bool TrySmall(out long value)
    {
        value = Value;
        return true;
    }

    public override bool Truth() => Value != 0;

    public override int Hash() => Value.GetHashCode();

    public override string Str(Fuel fuel) => Value.ToString(CultureInfo.InvariantCulture);

    public override void WriteRepr(StringBuilder text, Fuel fuel) => text.Append(Value);

    private static PyInt[] MakeShared()
    {
        var shared = new PyInt[1280];
        for (var i = 0; i < shared.Length; i++)
            shared[i] = new PyInt(i + SmallestShared);
        return shared;
    }
}

/// <summary>An int beyond 64 bits.</summary>
internal sealed class PyBigInt(BigInteger value) : PyInteger
{
    public override string TypeName => "int";

    public override BigInteger Big => value;

    public override bool TrySmall(out long small)
    {
        small = 0;
        return false;
    }

    public override int Hash()
    {
        var number = FloatText.FromBig(value);
        return !double.IsInfinity(number) && new BigInteger(number) == value ? number.GetHashCode()
            : value.GetHashCode();
    }

    public override void WriteRepr(StringBuilder text, Fuel fuel)
    {
        fuel.Spend(value.GetBitLength() / 64);
        if (value.GetBitLength() > 14400 || BigInteger.Log10(BigInteger.Abs(value)) >= DigitLimit)
        {
            throw PyException.Value(
                $"Exceeds the limit ({DigitLimit} digits) for integer string conversion; "
                + "use sys.set_int_max_str_digits() to increase the limit");
        }

        text.Append(value.ToString(CultureInfo.InvariantCulture));
    }
}

using System.Numerics;
using Cairn.Graphs.Templates.Formatting;

namespace Cairn.Graphs.Templates.Values;

/// <summary>Python's + - * / // % ** on every pair of kinds, with CPython's errors.</summary>
internal static class Arithmetic
{
    public static PyValue Add(PyValue left, PyValue right, Fuel fuel)
    {
        Refuse(left, right);
        switch (left, right)
        {
            case (PyInteger a, PyInteger b):
                if (!a.TrySmall(out var x) || !b.TrySmall(out var y))
                    return PyInteger.Of(a.Big + b.Big);
                var sum = unchecked(x + y);
                return ((x ^ sum) & (y ^ sum)) < 0 ? PyInteger.Of((BigInteger)x + y) : PyInt.Of(sum);
            case (PyFloat or PyInteger, PyFloat or PyInteger):
                return new PyFloat(ToDouble(left) + ToDouble(right));
            case (PyStr a, PyStr b):
                return Join(a, b, fuel);
            case (PyStr and not PyMarkup, _):
                throw Concatenation("str", right);
            case (PyList a, PyList b):
                fuel.Spend(a.Items.Count + b.Items.Count);
                return new PyList(a.Items.Concat(b.Items));
            case (PyList, _):
                throw Concatenation("list", right);
            case (PyTuple a, PyTuple b):
                fuel.Spend(a.Items.Count + b.Items.Count);
                return new PyTuple([.. a.Items, .. b.Items]);
            case (PyTuple, _):
                throw Concatenation("tuple", right);
            default:
                throw Unsupported("+", left, right);
        }
    }

    public static PyValue Subtract(PyValue left, PyValue right)
    {
        Refuse(left, right);
        switch (left, right)
        {
            case (PyInteger a, PyInteger b):
                if (!a.TrySmall(out var x) || !b.TrySmall(out var y))
                    return PyInteger.Of(a.Big - b.Big);
                var difference = unchecked(x - y);
                return ((x ^ y) & (x ^ difference)) < 0 ? PyInteger.Of((BigInteger)x - y) : PyInt.Of(difference);
            case (PyFloat or PyInteger, PyFloat or PyInteger):
                return new PyFloat(ToDouble(left) - ToDouble(right));
            default:
                throw Unsupported("-", left, right);
        }
    }

    public static PyValue Multiply(PyValue left, PyValue right, Fuel fuel)
    {
        Refuse(left, right);
        switch (left, right)
        {
            case (PyInteger a, PyInteger b):
                if (a.TrySmall(out var x) && b.TrySmall(out var y) && Math.BigMul(x, y, out var low) is var high
                    && high == low >> 63)
                {
                    return PyInt.Of(low);
                }

                PayForProduct(a.Big, b.Big, fuel);
                return PyInteger.Of(a.Big * b.Big);
            case (PyFloat or PyInteger, PyFloat or PyInteger):
                return new PyFloat(ToDouble(left) * ToDouble(right));
            case (PyStr or PySequence, PyInteger count):
                return Repeat(left, count, fuel);
            case (PyInteger count, PyStr or PySequence):
                return Repeat(right, count, fuel);
            case (PyMarkup, _):
            case (not (PyStr or PySequence), PyMarkup):
                throw Unsupported("*", left, right);
            case (PyStr or PySequence, _):
                throw PyException.Type($"can't multiply sequence by non-int of type '{right.TypeName}'");
            case (_, PyStr or PySequence):
                throw PyException.Type($"can't multiply sequence by non-int of type '{left.TypeName}'");
            default:
                throw Unsupported("*", left, right);
        }
    }

    public static PyValue Divide(PyValue left, PyValue right)
    {
        Refuse(left, right);
        if (left is PyInteger a && right is PyInteger b)
            return new PyFloat(IntegerDivision.True(a, b));
        RequireNumbers("/", left, right);
        var divisor = ToDouble(right);
        return divisor == 0
            ? throw new PyException(PyErrorKind.ZeroDivisionError, "float division by zero")
            : new PyFloat(ToDouble(left) / divisor);
    }

    public static PyValue FloorDivide(PyValue left, PyValue right)
    {
        Refuse(left, right);
        if (left is PyInteger a && right is PyInteger b)
            return IntegerDivision.Floor(a, b);
        RequireNumbers("//", left, right);
        if (ToDouble(right) == 0)
            throw new PyException(PyErrorKind.ZeroDivisionError, "float floor division by zero");
        return new PyFloat(FloatDivision(ToDouble(left), ToDouble(right)).Quotient);
    }

    public static PyValue Modulo(PyValue left, PyValue right, Run run)
    {
        if (left is PyStr format)
            return PercentFormat.Apply(format, right, run);
        Refuse(left, right);
        if (left is PyInteger a && right is PyInteger b)
            return IntegerDivision.Remainder(a, b);
        RequireNumbers("%", left, right);
        if (ToDouble(right) == 0)
            throw new PyException(PyErrorKind.ZeroDivisionError, "float modulo");
        return new PyFloat(FloatDivision(ToDouble(left), ToDouble(right)).Remainder);
    }

    public static PyValue Negate(PyValue value) => value switch
    {
        PyInt { Value: > long.MinValue } integer => PyInt.Of(-integer.Value),
        PyInteger integer => PyInteger.Of(-integer.Big),
        PyFloat number => new PyFloat(-number.Value),
        PyUndefined undefined => throw undefined.Error(),
        _ => throw PyException.Type($"bad operand type for unary -: '{value.TypeName}'"),
    };

    public static PyValue Plus(PyValue value) => value switch
    {
        PyBool flag => PyInt.Of(flag.Truth() ? 1 : 0),
        PyInteger or PyFloat => value,
        PyUndefined undefined => throw undefined.Error(),
        _ => throw PyException.Type($"bad operand type for unary +: '{value.TypeName}'"),
    };

    public static double ToDouble(PyValue number) =>
        number is PyFloat value ? value.Value : ((PyInteger)number).ToDouble();

    /// <summary>Pays for a product: its cost grows with both lengths.</summary>
    public static void PayForProduct(BigInteger left, BigInteger right, Fuel fuel)
    {
        fuel.Text((left.GetBitLength() + right.GetBitLength()) / 8);
        fuel.Spend(left.GetBitLength() / 64 * (right.GetBitLength() / 64) / 64);
    }

    public static PyException Unsupported(string op, PyValue left, PyValue right) => PyException.Type(
        $"unsupported operand type(s) for {op}: '{left.TypeName}' and '{right.TypeName}'");

    /// <summary>An undefined operand raises its own error, the left one first.</summary>
    public static void Refuse(PyValue left, PyValue right)
    {
        if (left is PyUndefined undefined)
            throw undefined.Error();
        if (right is PyUndefined other)
            throw other.Error();
    }

    public static void RequireNumbers(string op, PyValue left, PyValue right)
    {
        if (left is not (PyFloat or PyInteger) || right is not (PyFloat or PyInteger))
            throw Unsupported(op, left, right);
    }

    private static PyException Concatenation(string type, PyValue right) =>
        PyException.Type($"can only concatenate {type} (not \"{right.TypeName}\") to {type}");

    private static PyStr Join(PyStr left, PyStr right, Fuel fuel)
    {
        fuel.Text((long)left.Value.Length + right.Value.Length);
        if (left is not PyMarkup && right is not PyMarkup)
            return new PyStr(left.Value + right.Value);
        return new PyMarkup(PyMarkup.Escape(left, fuel).Value + PyMarkup.Escape(right, fuel).Value);
    }

    private static PyValue Repeat(PyValue sequence, PyInteger times, Fuel fuel)
    {
        if (!times.TrySmall(out var count))
            throw new PyException(PyErrorKind.OverflowError, "cannot fit 'int' into an index-sized integer");
        count = Math.Max(0, count);
        if (sequence is PyStr text)
        {
            if (text.Value.Length == 0 || count == 0)
                return text.Like("");
            fuel.Text(count > int.MaxValue ? long.MaxValue : text.Value.Length * count);
            return text.Like(new System.Text.StringBuilder().Insert(0, text.Value, (int)count).ToString());
        }

        var items = ((PySequence)sequence).Items;
        if (items.Count == 0)
            count = 0;
        fuel.Spend(count > int.MaxValue ? long.MaxValue / 2 : items.Count * count);
        var repeated = Enumerable.Repeat(items, (int)count).SelectMany(static part => part);
        return sequence is PyList ? new PyList(repeated) : new PyTuple([.. repeated]);
    }

    private static (double Quotient, double Remainder) FloatDivision(double left, double right)
    {
        var remainder = left % right;
        var quotient = (left - remainder) / right;
        if (remainder != 0)
        {
            if (right < 0 != remainder < 0)
            {
                remainder += right;
                quotient -= 1;
            }
        }
        else
        {
            remainder = Math.CopySign(0, right);
        }

        if (quotient == 0)
            return (Math.CopySign(0, left / right), remainder);
        var floor = Math.Floor(quotient);
        return (quotient - floor > 0.5 ? floor + 1 : floor, remainder);
    }
}

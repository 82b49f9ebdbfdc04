using System.Numerics;

namespace Cairn.Graphs.Templates.Values;

/// <summary>Python's == and its orderings.</summary>
internal static class Comparison
{
    /// <summary><c>a is b or a == b</c>, what containers use.</summary>
    public static bool Same(PyValue left, PyValue right, Fuel fuel) =>
        ReferenceEquals(left, right) || Equal(left, right, fuel);

    /// <summary><c>a == b</c>; an undefined value on either side raises.</summary>
    public static bool Equal(PyValue left, PyValue right, Fuel fuel) =>
        right is PyUndefined && left is not PyUndefined ? right.EqualTo(left, fuel) : left.EqualTo(right, fuel);

    /// <summary>Evaluates one of &lt; &lt;= &gt; &gt;=.</summary>
    public static bool Ordered(string op, PyValue left, PyValue right, Fuel fuel)
    {
        // A strict undefined is of a class below the lenient one's: Python asks it first, also on the right.
        if (left is PyUndefined { IsStrict: false } && right is PyUndefined { IsStrict: true } strict)
            throw strict.Error();
        Arithmetic.Refuse(left, right);
        if (left is PyInt a && right is PyInt b)
            return Decide(op, a.Value.CompareTo(b.Value));
        switch (left, right)
        {
            case (PyFloat or PyInteger, PyFloat or PyInteger):
                return Order(left, right) is { } order && Decide(op, order);
            case (PyStr x, PyStr y):
                return Decide(op, CompareText(x, y));
            case (PyList x, PyList y):
                return OrderedItems(op, x, y, fuel);
            case (PyTuple x, PyTuple y):
                return OrderedItems(op, x, y, fuel);
            default:
                throw PyException.Type(
                    $"'{op}' not supported between instances of '{left.TypeName}' and '{right.TypeName}'");
        }
    }

    /// <summary>The order of two numbers; null where one is not a number.</summary>
    public static int? Order(PyValue left, PyValue right)
    {
        if (left is PyFloat x && right is PyFloat y)
            return double.IsNaN(x.Value) || double.IsNaN(y.Value) ? null : x.Value.CompareTo(y.Value);
        if (left is PyFloat number)
            return -Order(right, number);
        var integer = (PyInteger)left;
        if (right is PyInteger other)
        {
            return integer.TrySmall(out var a) && other.TrySmall(out var b)
                ? a.CompareTo(b)
                : integer.Big.CompareTo(other.Big);
        }

        var value = ((PyFloat)right).Value;
        if (double.IsNaN(value))
            return null;
        if (double.IsInfinity(value))
            return value > 0 ? -1 : 1;
        var whole = Math.Floor(value);
        var order = integer.Big.CompareTo(new BigInteger(whole));
        return order == 0 && whole != value ? -1 : order;
    }

    /// <summary>Code points in order, which differs from UTF-16 order beyond the basic plane.</summary>
    public static int CompareText(PyStr left, PyStr right)
    {
        if (!left.IsWide && !right.IsWide)
            return string.CompareOrdinal(left.Value, right.Value);
        return CodePoints.Of(left.Value).Zip(CodePoints.Of(right.Value), static (a, b) => a.CompareTo(b))
            .Append(left.Count.CompareTo(right.Count)).FirstOrDefault(static order => order != 0);
    }

    private static bool OrderedItems(string op, PySequence left, PySequence right, Fuel fuel)
    {
        fuel.Enter();
        var shared = Math.Min(left.Items.Count, right.Items.Count);
        for (var i = 0; i < shared; i++)
        {
            fuel.Spend();
            if (Same(left.Items[i], right.Items[i], fuel))
                continue;
            var result = Ordered(op, left.Items[i], right.Items[i], fuel);
            fuel.Leave();
            return result;
        }

        fuel.Leave();
        return Decide(op, left.Items.Count.CompareTo(right.Items.Count));
    }

    private static bool Decide(string op, int order) => op switch
    {
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };
}

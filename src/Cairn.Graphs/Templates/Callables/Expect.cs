using System.Numerics;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Callables;

/// <summary>Arguments of built-ins read as what they must be, with CPython's complaints.</summary>
internal static class Expect
{
    /// <summary>An int, or the value that stands for a missing argument; clamped to 64 bits.</summary>
    public static long Index(PyValue? value, long missing)
    {
        if (value is null)
            return missing;
        if (value is not PyInteger integer)
            throw PyException.Type($"'{value.TypeName}' object cannot be interpreted as an integer");
        if (integer.TrySmall(out var small))
            return small;
        throw new PyException(PyErrorKind.OverflowError, "Python int too large to convert to C ssize_t");
    }

    public static BigInteger Whole(PyValue value) => value is PyInteger integer
        ? integer.Big
        : throw PyException.Type($"'{value.TypeName}' object cannot be interpreted as an integer");

    /// <summary>A str for an argument that complains as <c>must be str, not int</c>.</summary>
    public static string Text(PyValue? value) => value is PyStr text
        ? text.Value
        : throw PyException.Type($"must be str, not {value?.TypeName}");

    /// <summary>A str for an argument that complains as <c>replace() argument 1 must be str, not int</c>.</summary>
    public static string Text(PyValue? value, string function, string argument) => value is PyStr text
        ? text.Value
        : throw PyException.Type(
            $"{function}() {argument} must be str, not {(value is PyNone ? "None" : value?.TypeName)}");

    /// <summary>All items of an iterable, paid for one by one.</summary>
    public static List<PyValue> Items(PyValue value, Fuel fuel)
    {
        var list = new List<PyValue>();
        using var items = value.Iterate();
        while (items.MoveNext())
        {
            fuel.Spend();
            list.Add(items.Current);
        }

        return list;
    }
}

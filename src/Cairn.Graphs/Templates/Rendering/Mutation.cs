using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Rendering;

/// <summary>
/// The sandbox lets templates change lists and dicts. What one rendering changes must not reach the next, so a template
/// whose text could name a changing method gets a copy of its variables.
/// </summary>
internal static class Mutation
{
    private static readonly string[] Names =
    [
        "append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort", "update", "setdefault", "attr",
        "[", "map", "getattr",
    ];

    public static bool IsPossible(string source) =>
        Array.Exists(Names, name => source.Contains(name, StringComparison.Ordinal));

    public static PyDict Copy(PyDict variables, Fuel fuel)
    {
        var copy = new PyDict();
        foreach (var (name, value) in variables.Entries)
            copy[name] = Copy(value, fuel);
        return copy;
    }

    private static PyValue Copy(PyValue value, Fuel fuel)
    {
        if (value is not (PyList or PyDict or PyTuple))
            return value;
        fuel.Enter();
        fuel.Spend();
        PyValue copy = value switch
        {
            PyList list => new PyList(list.Items.Select(item => Copy(item, fuel))),
            PyTuple tuple => new PyTuple([.. tuple.Items.Select(item => Copy(item, fuel))]),
            _ => Copy((PyDict)value, fuel),
        };
        fuel.Leave();
        return copy;
    }
}

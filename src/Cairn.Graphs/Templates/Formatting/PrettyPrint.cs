using System.Text;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Formatting;

/// <summary>
/// The pprint filter: Python's pformat at 80 columns. Dicts are sorted by key; what fits goes on one line, what does
/// not
/// is broken at its items. Long strings are not split, where the original breaks them at spaces.
/// </summary>
internal sealed class PrettyPrint(Fuel fuel)
{
    private const int Width = 80;
    private readonly StringBuilder text = new();

    public static string Format(PyValue value, Fuel fuel)
    {
        var printer = new PrettyPrint(fuel);
        printer.Write(Sorted(value, fuel), 0, 0);
        return printer.text.ToString();
    }

    private void Write(PyValue value, int indent, int after)
    {
        fuel.Spend();
        fuel.Enter();
        var flat = value.Repr(fuel);
        if (flat.Length <= Width - indent - after || value is not (PyDict or PyList or PyTuple))
            text.Append(flat);
        else if (value is PyDict dict)
            WriteDict(dict, indent, after);
        else
            WriteItems((PySequence)value, indent, after);
        fuel.Leave();
    }

    private void WriteDict(PyDict dict, int indent, int after)
    {
        text.Append('{');
        var index = 0;
        foreach (var (key, value) in dict.Entries)
        {
            if (index > 0)
                text.Append(",\n").Append(' ', indent + 1);
            var name = key.Repr(fuel);
            text.Append(name).Append(": ");
            Write(value, indent + name.Length + 3, ++index == dict.Entries.Count ? after + 1 : 1);
        }

        text.Append('}');
    }

    private void WriteItems(PySequence sequence, int indent, int after)
    {
        var isTuple = sequence is PyTuple;
        var end = isTuple ? sequence.Items.Count == 1 ? ",)" : ")" : "]";
        text.Append(isTuple ? '(' : '[');
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            if (i > 0)
                text.Append(",\n").Append(' ', indent + 1);
            Write(sequence.Items[i], indent + 1, i + 1 == sequence.Items.Count ? after + end.Length : 1);
        }

        text.Append(end);
    }

    /// <summary>Dicts by key at every level; keys of different types by the name of their type.</summary>
    private static PyValue Sorted(PyValue value, Fuel fuel)
    {
        fuel.Enter();
        PyValue sorted = value switch
        {
            PyList list => new PyList(list.Items.Select(item => Sorted(item, fuel))),
            PyGroup => value,
            PyTuple tuple => new PyTuple([.. tuple.Items.Select(item => Sorted(item, fuel))]),
            PyDict dict => SortedDict(dict, fuel),
            _ => value,
        };
        fuel.Leave();
        return sorted;
    }

    private static PyDict SortedDict(PyDict dict, Fuel fuel)
    {
        var keys = dict.Entries.Keys.ToList();
        keys.Sort((left, right) => Compare(left, right, fuel));
        var sorted = new PyDict();
        foreach (var key in keys)
            sorted[key] = Sorted(dict.Get(key)!, fuel);
        return sorted;
    }

    private static int Compare(PyValue left, PyValue right, Fuel fuel)
    {
        fuel.Spend();
        try
        {
            return Comparison.Ordered("<", left, right, fuel) ? -1 : Comparison.Ordered("<", right, left, fuel) ? 1 : 0;
        }
        catch (PyException error) when (error.Kind == PyErrorKind.TypeError)
        {
            return string.CompareOrdinal($"<class '{left.TypeName}'>", $"<class '{right.TypeName}'>");
        }
    }
}

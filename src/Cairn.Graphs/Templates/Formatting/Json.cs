using System.Globalization;
using System.Text;
using Cairn.Graphs.Templates.Callables;
using Cairn.Graphs.Templates.Filters;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Formatting;

/// <summary>The tojson filter: Python's json.dumps with sorted keys, safe inside HTML.</summary>
internal sealed class Json(string? indent, Fuel fuel)
{
    private readonly StringBuilder text = new();
    private readonly List<PyValue> open = [];

    public static PyMarkup Dump(PyValue value, PyValue? indent, Fuel fuel)
    {
        var by = indent switch
        {
            null or PyNone => null,
            PyStr given => given.Value,
            _ => StrShape.Repeat(" ", (int)Math.Clamp(Expect.Index(indent, 0), 0, 1000)),
        };
        var json = new Json(by, fuel);
        json.Write(value);
        return new PyMarkup(json.text.ToString());
    }

    private void Write(PyValue value)
    {
        fuel.Spend();
        fuel.Limit(text.Length);
        switch (value)
        {
            case PyNone:
                text.Append("null");
                break;
            case PyBool flag:
                text.Append(flag.Truth() ? "true" : "false");
                break;
            case PyInteger integer:
                integer.WriteRepr(text, fuel);
                break;
            case PyFloat number:
                text.Append(Number(number.Value));
                break;
            case PyStr part:
                WriteText(part.Value);
                break;
            case PySequence sequence:
                Nested(value, '[', ']', sequence.Items, Write);
                break;
            case PyDict dict:
                Nested(value, '{', '}', Sorted(dict), pair =>
                {
                    WriteText(Key(((PyTuple)pair).Items[0]));
                    text.Append(": ");
                    Write(((PyTuple)pair).Items[1]);
                });
                break;
            default:
                throw PyException.Type($"Object of type {value.TypeName} is not JSON serializable");
        }
    }

    private void Nested(PyValue value, char begin, char end, IReadOnlyList<PyValue> items, Action<PyValue> write)
    {
        text.Append(begin);
        if (items.Count > 0)
        {
            if (open.Exists(outer => ReferenceEquals(outer, value)))
                throw PyException.Value("Circular reference detected");
            open.Add(value);
            fuel.Enter();
            for (var i = 0; i < items.Count; i++)
            {
                if (i > 0)
                    text.Append(indent is null ? ", " : ",");
                NewLine();
                write(items[i]);
            }

            fuel.Leave();
            open.RemoveAt(open.Count - 1);
            NewLine();
        }

        text.Append(end);
    }

    private void NewLine()
    {
        if (indent is null)
            return;
        text.Append('\n');
        foreach (var _ in open)
            text.Append(indent);
    }

    private List<PyValue> Sorted(PyDict dict) => Sorting.Sorted(
        dict.Entries.Select(static entry => (PyValue)new PyTuple(entry.Key, entry.Value)).ToList(),
        static pair => pair, false, fuel);

    private string Key(PyValue key) => key switch
    {
        PyStr part => part.Value,
        PyBool flag => flag.Truth() ? "true" : "false",
        PyNone => "null",
        PyInteger integer => integer.Repr(fuel),
        PyFloat number => Number(number.Value),
        _ => throw PyException.Type($"keys must be str, int, float, bool or None, not {key.TypeName}"),
    };

    private static string Number(double value) => double.IsNaN(value)
        ? "NaN"
        : double.IsInfinity(value) ? (value > 0 ? "Infinity" : "-Infinity") : FloatText.Repr(value);

    private void WriteText(string value)
    {
        fuel.Text(value.Length);
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '<' or '>' or '&' or '\'' or < ' ' or > '~' =>
                    text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}

using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Callables;

/// <summary>The methods of dict, and dict itself as a function.</summary>
internal static class DictMethods
{
    private static readonly Dictionary<string, BuiltinMethod<PyDict>> Table = Make();

    public static PyValue? Find(PyDict self, string name) => name switch
    {
        "update" => new PyFunction("<built-in method update of dict object at 0x7f0000000000>", (run, arguments) =>
        {
            Fill(self, "update", arguments, run.Fuel);
            return PyValue.None;
        }),
        _ => Table.TryGetValue(name, out var method) ? new PyMethod<PyDict>(self, method) : null,
    };

    /// <summary>Python's <c>dict(...)</c> and <c>d.update(...)</c>.</summary>
    public static void Fill(PyDict target, string function, Arguments arguments, Fuel fuel)
    {
        if (arguments.Positional.Length > 1)
        {
            throw PyException.Type(
                $"{function} expected at most 1 argument, got {arguments.Positional.Length}");
        }

        if (arguments.Positional is [PyUndefined undefined])
            throw undefined.Error();
        if (arguments.Positional is [PyDict source])
        {
            foreach (var (key, value) in source.Entries.ToArray())
            {
                fuel.Spend();
                target[key] = value;
            }
        }
        else if (arguments.Positional is [var pairs])
        {
            FillPairs(target, pairs, fuel);
        }

        foreach (var (name, value) in arguments.Named)
            target[name] = value;
    }

    private static void FillPairs(PyDict target, PyValue pairs, Fuel fuel)
    {
        var index = 0;
        foreach (var pair in Expect.Items(pairs, fuel))
        {
            if (!pair.IsIterable)
            {
                throw PyException.Type(
                    $"cannot convert dictionary update sequence element #{index} to a sequence");
            }

            var parts = Expect.Items(pair, fuel);
            if (parts.Count != 2)
            {
                throw PyException.Value(
                    $"dictionary update sequence element #{index} has length {parts.Count}; 2 is required");
            }

            target[parts[0]] = parts[1];
            index++;
        }
    }

    private static Dictionary<string, BuiltinMethod<PyDict>> Make()
    {
        var table = new Dictionary<string, BuiltinMethod<PyDict>>(StringComparer.Ordinal);
        void Add(string name, MethodStyle style, int least, int most, MethodBody<PyDict> body) =>
            table.Add(name, new BuiltinMethod<PyDict>(name, style, least, most, body));

        Add("keys", MethodStyle.Fixed, 0, 0, static (s, _, _) => new PyDictView(s, "keys", static e => e.Key));
        Add("values", MethodStyle.Fixed, 0, 0, static (s, _, _) => new PyDictView(s, "values", static e => e.Value));
        Add("items", MethodStyle.Fixed, 0, 0, static (s, _, _) =>
            new PyDictView(s, "items", static e => new PyTuple(e.Key, e.Value)));
        Add("get", MethodStyle.Counted, 1, 2, static (s, a, _) => s.Get(a[0]!) ?? a[1] ?? PyValue.None);
        Add("copy", MethodStyle.Fixed, 0, 0, static (s, _, run) => Copy(s, run.Fuel));
        Add("clear", MethodStyle.Fixed, 0, 0, static (s, _, _) =>
        {
            s.Entries.Clear();
            return PyValue.None;
        });
        Add("pop", MethodStyle.Counted, 1, 2, static (s, a, run) =>
        {
            if (s.Get(a[0]!) is not { } value)
                return a[1] ?? throw new PyException(PyErrorKind.KeyError, a[0]!.Repr(run.Fuel));
            s.Entries.Remove(a[0]!);
            return value;
        });
        Add("popitem", MethodStyle.Fixed, 0, 0, static (s, _, _) =>
        {
            if (s.Entries.Count == 0)
                throw new PyException(PyErrorKind.KeyError, "'popitem(): dictionary is empty'");
            var (key, value) = s.Entries.GetAt(s.Entries.Count - 1);
            s.Entries.RemoveAt(s.Entries.Count - 1);
            return new PyTuple(key, value);
        });
        Add("setdefault", MethodStyle.Counted, 1, 2, static (s, a, _) =>
        {
            if (s.Get(a[0]!) is { } value)
                return value;
            return s[a[0]!] = a[1] ?? PyValue.None;
        });
        Add("fromkeys", MethodStyle.Counted, 1, 2, static (_, a, run) =>
        {
            var made = new PyDict();
            foreach (var key in Expect.Items(a[0]!, run.Fuel))
                made[key] = a[1] ?? PyValue.None;
            return made;
        });
        return table;
    }

    private static PyDict Copy(PyDict source, Fuel fuel)
    {
        var copy = new PyDict();
        Fill(copy, "dict", Arguments.Of(source), fuel);
        return copy;
    }
}

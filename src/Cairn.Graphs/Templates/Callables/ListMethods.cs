using Cairn.Graphs.Templates.Filters;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Callables;

/// <summary>The methods of list, and those that tuple and range share with it.</summary>
internal static class ListMethods
{
    private static readonly Dictionary<string, BuiltinMethod<PyList>> Table = Make();

    public static PyValue? Find(PyList self, string name)
    {
        if (name == "sort")
            return new PyFunction(
                "<built-in method sort of list object at 0x7f0000000000>", (r, a) => Sort(self, a, r));
        return Table.TryGetValue(name, out var method) ? new PyMethod<PyList>(self, method) : null;
    }

    public static PyValue? FindOnTuple(PyTuple self, string name) => name switch
    {
        "count" => new PyMethod<PyTuple>(self, new(
            name, MethodStyle.Fixed, 1, 1, static (s, a, run) => Count(s.Items, a[0]!, run.Fuel))),
        "index" => new PyMethod<PyTuple>(self, new(
            name, MethodStyle.Counted, 1, 3, static (s, a, run) => Index(s.Items, a, run.Fuel)
                ?? throw PyException.Value("tuple.index(x): x not in tuple"))),
        _ => null,
    };

    public static PyValue? FindOnRange(PyRange self, string name) => name switch
    {
        "count" => new PyMethod<PyRange>(self, new(
            name, MethodStyle.Fixed, 1, 1, static (s, a, run) => Count(Expect.Items(s, run.Fuel), a[0]!, run.Fuel))),
        "index" => new PyMethod<PyRange>(self, new(
            name, MethodStyle.Fixed, 1, 1, static (s, a, run) => Index(Expect.Items(s, run.Fuel), [a[0], null, null],
                run.Fuel) ?? throw PyException.Value(a[0] is PyInteger number
                    ? $"{number.Repr(run.Fuel)} is not in range"
                    : "sequence.index(x): x not in sequence"))),
        _ => null,
    };

    private static PyValue Count(IReadOnlyList<PyValue> items, PyValue item, Fuel fuel)
    {
        fuel.Spend(items.Count);
        return items.Count(other => Comparison.Same(other, item, fuel));
    }

    private static PyValue? Index(IReadOnlyList<PyValue> items, PyValue?[] arguments, Fuel fuel)
    {
        var from = Clamp(Expect.Index(arguments[1], 0), items.Count);
        var to = Clamp(Expect.Index(arguments[2], items.Count), items.Count);
        for (var i = from; i < to; i++)
        {
            fuel.Spend();
            if (Comparison.Same(items[(int)i], arguments[0]!, fuel))
                return i;
        }

        return null;
    }

    private static long Clamp(long index, long count) => Math.Clamp(index < 0 ? index + count : index, 0, count);

    private static Dictionary<string, BuiltinMethod<PyList>> Make()
    {
        var table = new Dictionary<string, BuiltinMethod<PyList>>(StringComparer.Ordinal);
        void Add(string name, MethodStyle style, int least, int most, MethodBody<PyList> body) =>
            table.Add(name, new BuiltinMethod<PyList>(name, style, least, most, body));

        Add("append", MethodStyle.Fixed, 1, 1, static (s, a, _) =>
        {
            s.Contents.Add(a[0]!);
            return PyValue.None;
        });
        Add("clear", MethodStyle.Fixed, 0, 0, static (s, _, _) =>
        {
            s.Contents.Clear();
            return PyValue.None;
        });
        Add("copy", MethodStyle.Fixed, 0, 0, static (s, _, run) => new PyList(Expect.Items(s, run.Fuel)));
        Add("count", MethodStyle.Fixed, 1, 1, static (s, a, run) => Count(s.Items, a[0]!, run.Fuel));
        Add("index", MethodStyle.Counted, 1, 3, static (s, a, run) => Index(s.Items, a, run.Fuel)
            ?? throw PyException.Value($"{a[0]!.Repr(run.Fuel)} is not in list"));
        Add("extend", MethodStyle.Fixed, 1, 1, static (s, a, run) =>
        {
            s.Contents.AddRange(Expect.Items(a[0]!, run.Fuel));
            return PyValue.None;
        });
        Add("insert", MethodStyle.Counted, 2, 2, static (s, a, run) =>
        {
            run.Fuel.Spend(s.Items.Count / 64);
            s.Contents.Insert((int)Clamp(Expect.Index(a[0], 0), s.Items.Count), a[1]!);
            return PyValue.None;
        });
        Add("pop", MethodStyle.Counted, 0, 1, Pop);
        Add("remove", MethodStyle.Fixed, 1, 1, static (s, a, run) =>
        {
            if (Index(s.Items, [a[0], null, null], run.Fuel) is not PyInt at)
                throw PyException.Value("list.remove(x): x not in list");
            s.Contents.RemoveAt((int)at.Value);
            return PyValue.None;
        });
        Add("reverse", MethodStyle.Fixed, 0, 0, static (s, _, run) =>
        {
            run.Fuel.Spend(s.Items.Count);
            s.Contents.Reverse();
            return PyValue.None;
        });
        return table;
    }

    private static PyValue Pop(PyList self, PyValue?[] arguments, Run run)
    {
        var index = Expect.Index(arguments[0], -1);
        if (self.Items.Count == 0)
            throw new PyException(PyErrorKind.IndexError, "pop from empty list");
        if (index < 0)
            index += self.Items.Count;
        if (index < 0 || index >= self.Items.Count)
            throw new PyException(PyErrorKind.IndexError, "pop index out of range");
        var item = self.Items[(int)index];
        self.Contents.RemoveAt((int)index);
        return item;
    }

    private static PyValue Sort(PyList self, Arguments arguments, Run run)
    {
        if (arguments.Positional.Length > 0)
            throw PyException.Type("sort() takes no positional arguments");
        foreach (var (name, _) in arguments.Named)
        {
            if (name is not ("key" or "reverse"))
                throw PyException.Type($"'{name}' is an invalid keyword argument for sort()");
        }

        var key = arguments.Find("key") is { } function and not PyNone
            ? (Func<PyValue, PyValue>)(item => function.Call(run, Arguments.Of(item)))
            : static item => item;
        var sorted = Sorting.Sorted(self.Items, key, Expect.Index(arguments.Find("reverse"), 0) != 0, run.Fuel);
        self.Contents.Clear();
        self.Contents.AddRange(sorted);
        return PyValue.None;
    }
}

using Cairn.Graphs.Templates.Callables;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Filters;

/// <summary>Lazy filters and grouping: map, select, reject, unique, batch, slice, items, groupby, attr.</summary>
internal static class PickFilters
{
    public static void Register(Dictionary<string, Filter> table)
    {
        table["map"] = static (run, value, arguments) =>
            PyIterator.Generator("sync_do_map", Map(run, value, arguments));
        table["select"] = static (run, value, a) => Picked(run, value, a, isReject: false, byAttribute: false);
        table["reject"] = static (run, value, a) => Picked(run, value, a, isReject: true, byAttribute: false);
        table["selectattr"] = static (run, value, a) => Picked(run, value, a, isReject: false, byAttribute: true);
        table["rejectattr"] = static (run, value, a) => Picked(run, value, a, isReject: true, byAttribute: true);
        table["unique"] = FilterTable.Python(
            new("do_unique", 1, 1, "value", "case_sensitive", "attribute"),
            static (run, a) => PyIterator.Generator("do_unique", Unique(run, a)));
        table["batch"] = FilterTable.Python(
            new("do_batch", 0, 2, "value", "linecount", "fill_with"),
            static (run, a) => PyIterator.Generator("do_batch", Batch(run, a)));
        table["slice"] = FilterTable.Python(
            new("sync_do_slice", 0, 2, "value", "slices", "fill_with"),
            static (run, a) => PyIterator.Generator("sync_do_slice", Slice(run, a)));
        table["items"] = FilterTable.Python(
            new("do_items", 0, 1, "value"), static (run, a) => PyIterator.Generator("do_items", Items(run, a[0]!)));
        table["groupby"] = FilterTable.Python(
            new("sync_do_groupby", 1, 2, "value", "attribute", "default", "case_sensitive"), GroupBy);
        table["attr"] = FilterTable.Python(new("do_attr", 1, 2, "obj", "name"), static (_, a) => Attr(a[0]!, a[1]!));
    }

    private static IEnumerable<PyValue> Map(Run run, PyValue value, Arguments arguments)
    {
        if (!value.Truth())
            yield break;
        var function = Mapper(run, arguments);
        using var items = value.Iterate();
        while (items.MoveNext())
        {
            run.Fuel.Spend();
            yield return function(items.Current);
        }
    }

    private static Func<PyValue, PyValue> Mapper(Run run, Arguments arguments)
    {
        if (arguments.Positional.Length == 0 && arguments.Find("attribute") is { } attribute)
        {
            foreach (var (name, _) in arguments.Named)
            {
                if (name is not ("attribute" or "default"))
                {
                    throw new PyException(
                        PyErrorKind.FilterArgumentError, $"Unexpected keyword argument {StrRepr.Of(name)}");
                }
            }

            var path = AttributePath.Of(attribute, arguments.Find("default"));
            return item => path.Of(item, run.Fuel);
        }

        if (arguments.Positional.Length == 0)
            throw new PyException(PyErrorKind.FilterArgumentError, "map requires a filter argument");
        var rest = arguments with { Positional = arguments.Positional[1..] };
        return item => (FilterTable.Find(NameOf(arguments.Positional[0])) ?? throw Unknown(
            "filter", arguments.Positional[0], run))(run, item, rest);
    }

    private static string NameOf(PyValue name) => (name as PyStr)?.Value ?? "";

    private static PyException Unknown(string what, PyValue name, Run run)
    {
        if (name is PyUndefined undefined)
            throw undefined.Error();
        return new PyException(PyErrorKind.TemplateRuntimeError, $"No {what} named {name.Repr(run.Fuel)}.");
    }

    private static PyIterator Picked(Run run, PyValue value, Arguments arguments, bool isReject, bool byAttribute) =>
        PyIterator.Generator("select_or_reject", Pick(run, value, arguments, isReject, byAttribute));

    private static IEnumerable<PyValue> Pick(
        Run run, PyValue value, Arguments arguments, bool isReject, bool byAttribute)
    {
        if (!value.Truth())
            yield break;
        if (byAttribute && arguments.Positional.Length == 0)
        {
            throw new PyException(
                PyErrorKind.FilterArgumentError, "Missing parameter for attribute name");
        }

        var path = AttributePath.Of(byAttribute ? arguments.Positional[0] : null);
        var given = byAttribute ? arguments.Positional[1..] : arguments.Positional;
        var rest = arguments with { Positional = given.Length == 0 ? given : given[1..] };
        using var items = value.Iterate();
        while (items.MoveNext())
        {
            run.Fuel.Spend();
            var tested = path.Of(items.Current, run.Fuel);
            var answer = given.Length == 0
                ? tested.Truth()
                : (TestTable.Find(NameOf(given[0])) ?? throw Unknown("test", given[0], run))(run, tested, rest).Truth();
            if (answer != isReject)
                yield return items.Current;
        }
    }

    private static IEnumerable<PyValue> Unique(Run run, PyValue?[] a)
    {
        var path = AttributePath.Of(a[2]);
        var seen = new PyDict();
        using var items = a[0]!.Iterate();
        while (items.MoveNext())
        {
            run.Fuel.Spend();
            var key = path.Of(items.Current, run.Fuel);
            if (!ListFilters.Flag(a[1]))
                key = ListFilters.IgnoreCase(key);
            if (seen.Get(key) is not null)
                continue;
            seen[key] = PyValue.None;
            yield return items.Current;
        }
    }

    private static IEnumerable<PyValue> Batch(Run run, PyValue?[] a)
    {
        var batch = new List<PyValue>();
        using var items = a[0]!.Iterate();
        while (items.MoveNext())
        {
            run.Fuel.Spend();
            if (Comparison.Equal(batch.Count, a[1]!, run.Fuel))
            {
                yield return new PyList(batch);
                batch = [];
            }

            batch.Add(items.Current);
        }

        if (batch.Count == 0)
            yield break;
        if (a[2] is not (null or PyNone) && Comparison.Ordered("<", batch.Count, a[1]!, run.Fuel))
        {
            var missing = Expect.Index(Arithmetic.Subtract(a[1]!, batch.Count), 0);
            run.Fuel.Spend(missing);
            batch.AddRange(Enumerable.Repeat(a[2]!, (int)missing));
        }

        yield return new PyList(batch);
    }

    private static IEnumerable<PyValue> Slice(Run run, PyValue?[] a)
    {
        var items = Expect.Items(a[0]!, run.Fuel);
        var each = Arithmetic.FloorDivide(items.Count, a[1]!);
        Arithmetic.Modulo(items.Count, a[1]!, run);
        var slices = Expect.Index(a[1], 0);
        var size = Expect.Index(each, 0);
        var extra = slices > 0 ? items.Count % slices : 0;
        for (long i = 0, at = 0; i < slices; i++)
        {
            run.Fuel.Spend();
            var count = size + (i < extra ? 1 : 0);
            var part = items.Skip((int)at).Take((int)count).ToList();
            at += count;
            if (a[2] is not (null or PyNone) && i >= extra)
                part.Add(a[2]!);
            yield return new PyList(part);
        }
    }

    private static IEnumerable<PyValue> Items(Run run, PyValue value)
    {
        if (value is PyUndefined)
            yield break;
        if (value is not PyDict dict)
            throw PyException.Type("Can only get item pairs from a mapping.");
        using var items = dict.Attribute("items")!.Call(run, Arguments.None).Iterate();
        while (items.MoveNext())
        {
            run.Fuel.Spend();
            yield return items.Current;
        }
    }

    private static PyValue GroupBy(Run run, PyValue?[] a)
    {
        var path = AttributePath.Of(a[1], a[2]);
        var isSensitive = ListFilters.Flag(a[3]);
        PyValue Key(PyValue item) =>
            isSensitive ? path.Of(item, run.Fuel) : ListFilters.IgnoreCase(path.Of(item, run.Fuel));
        var sorted = Sorting.Sorted(Expect.Items(a[0]!, run.Fuel), Key, false, run.Fuel);
        var groups = new List<(PyValue Key, List<PyValue> Items)>();
        foreach (var item in sorted)
        {
            var key = Key(item);
            if (groups.Count == 0 || !Comparison.Equal(groups[^1].Key, key, run.Fuel))
                groups.Add((key, []));
            groups[^1].Items.Add(item);
        }

        return new PyList(groups.Select(group => (PyValue)new PyGroup(
            isSensitive ? group.Key : path.Of(group.Items[0], run.Fuel), new PyList(group.Items))));
    }

    private static PyValue Attr(PyValue target, PyValue name)
    {
        if (name is not PyStr { Value: { Length: > 0 } text })
        {
            return name is PyStr
                ? PyUndefined.Member(target, name)
                : throw PyException.Type($"attribute name must be string, not '{name.TypeName}'");
        }

        if (target.Attribute(text) is { } value)
            return text[0] == '_' ? Subscript.Unsafe(target, text) : value;
        return text.StartsWith("__", StringComparison.Ordinal) && Subscript.IsPythonAttribute(target, text)
            ? Subscript.Unsafe(target, text)
            : PyUndefined.Member(target, name);
    }
}

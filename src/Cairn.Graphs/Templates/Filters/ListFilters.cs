using Cairn.Graphs.Templates.Callables;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Filters;

/// <summary>Filters on sequences: length, list, first, last, join, reverse, sort, sum, min, max, batch, slice,
/// items.</summary>
internal static class ListFilters
{
    public static void Register(Dictionary<string, Filter> table)
    {
        table["length"] = table["count"] = static (run, value, arguments) =>
        {
            TextFilters.RequireOne("len", arguments);
            return value.Length(run.Fuel);
        };
        table["list"] = FilterTable.Python(new("sync_do_list", 0, 1, "value"), static (run, a) =>
            new PyList(Expect.Items(a[0]!, run.Fuel)));
        table["first"] = FilterTable.Python(new("sync_do_first", 1, 1, "seq"), static (_, a) =>
        {
            using var items = a[0]!.Iterate();
            return items.MoveNext() ? items.Current : PyUndefined.Hinted("No first item, sequence was empty.");
        });
        table["last"] = FilterTable.Python(new("do_last", 1, 1, "seq"), static (run, a) =>
        {
            var items = Reversed(a[0]!, run.Fuel)
                ?? throw PyException.Type($"'{a[0]!.TypeName}' object is not reversible");
            return items.Count > 0 ? items[0] : PyUndefined.Hinted("No last item, sequence was empty.");
        });
        table["join"] = FilterTable.Python(new("sync_do_join", 1, 1, "value", "d", "attribute"), Join);
        table["reverse"] = FilterTable.Python(new("do_reverse", 0, 1, "value"), Reverse);
        table["sort"] = FilterTable.Python(
            new("do_sort", 1, 1, "value", "reverse", "case_sensitive", "attribute"), Sort);
        table["dictsort"] = FilterTable.Python(
            new("do_dictsort", 0, 1, "value", "case_sensitive", "by", "reverse"), DictSort);
        table["sum"] = FilterTable.Python(new("sync_do_sum", 1, 1, "iterable", "attribute", "start"), Sum);
        table["min"] = FilterTable.Python(
            new("do_min", 1, 1, "value", "case_sensitive", "attribute"), static (run, a) => Extreme(run, a, "<"));
        table["max"] = FilterTable.Python(
            new("do_max", 1, 1, "value", "case_sensitive", "attribute"), static (run, a) => Extreme(run, a, ">"));
        table["random"] = FilterTable.Python(new("do_random", 1, 1, "seq"), static (_, _) =>
            throw new PyException(PyErrorKind.Refused, "random is not offered: a rendering is the same every time"));
    }

    /// <summary>Strings by their lower case, everything else as it is.</summary>
    public static PyValue IgnoreCase(PyValue value) =>
        value is PyStr text ? text.Like(CaseText.Lower(text.Value)) : value;

    public static bool Flag(PyValue? value) => value?.Truth() ?? false;

    /// <summary>The items from the end, or null where Python's reversed refuses.</summary>
    private static List<PyValue>? Reversed(PyValue value, Fuel fuel)
    {
        if (value is PyUndefined undefined)
            return undefined.IsStrict ? throw undefined.Error() : [];
        if (value is not (PyStr or PySequence or PyDict or PyDictView or PyRange))
            return null;
        var items = Expect.Items(value, fuel);
        items.Reverse();
        return items;
    }

    private static PyValue Join(Run run, PyValue?[] a)
    {
        var path = AttributePath.Of(a[2]);
        var separator = a[1] ?? "";
        var mark = run.Autoescape ? null : separator.Str(run.Fuel);
        var items = new List<PyValue>();
        using (var source = a[0]!.Iterate())
        {
            while (source.MoveNext())
            {
                run.Fuel.Spend();
                var item = path.Of(source.Current, run.Fuel);
                items.Add(item as PyStr ?? new PyStr(item.Str(run.Fuel)));
            }
        }

        var isSafe = run.Autoescape && (separator is PyMarkup || items.Exists(static item => item is PyMarkup));
        var between = isSafe ? PyMarkup.Escape(separator, run.Fuel).Value : mark ?? separator.Str(run.Fuel);
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                text.Append(between);
            var part = isSafe ? PyMarkup.Escape(items[i], run.Fuel) : items[i];
            part.WriteStr(text, run.Fuel);
        }

        return isSafe ? new PyMarkup(text.ToString()) : new PyStr(text.ToString());
    }

    private static PyValue Reverse(Run run, PyValue?[] a)
    {
        if (a[0] is PyStr text)
            return text.Slice(new PySlice(null, null, -1), run.Fuel);
        if (Reversed(a[0]!, run.Fuel) is { } reversed)
        {
            var type = a[0] switch
            {
                PyList => "list_reverseiterator",
                PyDict => "dict_reversekeyiterator",
                PyDictView view => $"dict_reverse{view.TypeName["dict_".Length..].TrimEnd('s')}iterator",
                PyRange => "range_iterator",
                _ => "reversed",
            };
            return new PyIterator(reversed.GetEnumerator(), type, null);
        }

        if (!a[0]!.IsIterable)
            throw new PyException(PyErrorKind.FilterArgumentError, "argument must be iterable");
        var items = Expect.Items(a[0]!, run.Fuel);
        items.Reverse();
        return new PyList(items);
    }

    private static PyValue Sort(Run run, PyValue?[] a)
    {
        var isSensitive = Flag(a[2]);
        var paths = AttributePath.Several(a[3]);
        PyValue Key(PyValue item) => new PyList(paths.Select(path =>
        {
            var part = path.Of(item, run.Fuel);
            return isSensitive ? part : IgnoreCase(part);
        }));
        return new PyList(Sorting.Sorted(Expect.Items(a[0]!, run.Fuel), Key, Flag(a[1]), run.Fuel));
    }

    private static PyValue DictSort(Run run, PyValue?[] a)
    {
        var by = a[2] is null ? "key" : (a[2] as PyStr)?.Value;
        if (by is not ("key" or "value"))
        {
            throw new PyException(
                PyErrorKind.FilterArgumentError, "You can only sort by either \"key\" or \"value\"");
        }

        var items = a[0] is PyDict dict
            ? Expect.Items(dict.Attribute("items")!.Call(run, Arguments.None), run.Fuel)
            : throw (a[0] is PyUndefined undefined ? undefined.Error() : PyException.Attribute(a[0]!, "items"));
        PyValue Key(PyValue item)
        {
            var part = ((PyTuple)item).Items[by == "key" ? 0 : 1];
            return Flag(a[1]) ? part : IgnoreCase(part);
        }

        return new PyList(Sorting.Sorted(items, Key, Flag(a[3]), run.Fuel));
    }

    private static PyValue Sum(Run run, PyValue?[] a)
    {
        var path = AttributePath.Of(a[1]);
        var total = a[2] ?? 0;
        using var items = a[0]!.Iterate();
        if (total is PyStr)
            throw PyException.Type("sum() can't sum strings [use ''.join(seq) instead]");
        while (items.MoveNext())
        {
            run.Fuel.Spend();
            total = Arithmetic.Add(total, path.Of(items.Current, run.Fuel), run.Fuel);
        }

        return total;
    }

    private static PyValue Extreme(Run run, PyValue?[] a, string op)
    {
        var path = AttributePath.Of(a[2]);
        PyValue Key(PyValue item) =>
            Flag(a[1]) ? path.Of(item, run.Fuel) : IgnoreCase(path.Of(item, run.Fuel));
        using var items = a[0]!.Iterate();
        if (!items.MoveNext())
            return PyUndefined.Hinted("No aggregated item, sequence was empty.");
        var best = items.Current;
        var bestKey = Key(best);
        while (items.MoveNext())
        {
            run.Fuel.Spend();
            var key = Key(items.Current);
            if (Comparison.Ordered(op, key, bestKey, run.Fuel))
                (best, bestKey) = (items.Current, key);
        }

        return best;
    }
}

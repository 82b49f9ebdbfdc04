using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Callables;

/// <summary>The methods of str that look for a part: find, count, startswith, replace, split, partition.</summary>
internal static class StrSearch
{
    public static void Register(AddStrMethod add)
    {
        add("find", MethodStyle.Parsed, 1, 3, static (s, a, run) => Find(s, a, run, last: false));
        add("rfind", MethodStyle.Parsed, 1, 3, static (s, a, run) => Find(s, a, run, last: true));
        add("index", MethodStyle.Parsed, 1, 3, static (s, a, run) => Found(Find(s, a, run, last: false)));
        add("rindex", MethodStyle.Parsed, 1, 3, static (s, a, run) => Found(Find(s, a, run, last: true)));
        add("count", MethodStyle.Parsed, 1, 3, Count);
        add("startswith", MethodStyle.Parsed, 1, 3, static (s, a, run) => Edge(s, a, run, "startswith"));
        add("endswith", MethodStyle.Parsed, 1, 3, static (s, a, run) => Edge(s, a, run, "endswith"));
        add("replace", MethodStyle.Counted, 2, 3, static (s, a, run) => StrText.Replace(
            s.Value, Expect.Text(a[0], "replace", "argument 1"), Expect.Text(a[1], "replace", "argument 2"),
            Expect.Index(a[2], -1), run.Fuel));
        add("removeprefix", MethodStyle.Fixed, 1, 1, static (s, a, _) =>
            Expect.Text(a[0], "removeprefix", "argument") is var part
            && s.Value.StartsWith(part, StringComparison.Ordinal) ? s.Value[part.Length..] : s.Value);
        add("removesuffix", MethodStyle.Fixed, 1, 1, static (s, a, _) =>
            Expect.Text(a[0], "removesuffix", "argument") is var part
            && s.Value.EndsWith(part, StringComparison.Ordinal) ? s.Value[..^part.Length] : s.Value);
        add("split", MethodStyle.Named, 0, 2, static (s, a, run) => Split(s, a, run, fromRight: false),
            "sep", "maxsplit");
        add("rsplit", MethodStyle.Named, 0, 2, static (s, a, run) => Split(s, a, run, fromRight: true),
            "sep", "maxsplit");
        add("splitlines", MethodStyle.Named, 0, 1, static (s, a, run) => Strings(
            StrText.SplitLines(s.Value, a[0] is not null && Expect.Index(a[0], 0) != 0), run), "keepends");
        add("partition", MethodStyle.Fixed, 1, 1, static (s, a, _) => Partition(s.Value, a[0], last: false));
        add("rpartition", MethodStyle.Fixed, 1, 1, static (s, a, _) => Partition(s.Value, a[0], last: true));
    }

    private static PyList Strings(List<string> parts, Run run)
    {
        run.Fuel.Spend(parts.Count);
        return new PyList(parts.Select(static part => (PyValue)new PyStr(part)));
    }

    /// <summary>The part of the text between the optional bounds, and where it starts; null where they cross.</summary>
    private static (string Text, long From)? Within(PyStr self, PyValue? start, PyValue? end)
    {
        long length = self.Count;
        var from = Bound(start, 0, length);
        var to = Bound(end, length, length);
        if (from > to)
            return null;
        if (from == 0 && to == length)
            return (self.Value, 0);
        return (self.IsWide
            ? CodePoints.Slice(self.Value, (int)from, 1, (int)(to - from))
            : self.Value.Substring((int)from, (int)(to - from)), from);
    }

    private static long Bound(PyValue? value, long missing, long length)
    {
        if (value is null or PyNone)
            return missing;
        if (value is not PyInteger)
            throw PyException.Type("slice indices must be integers or None or have an __index__ method");
        var index = Expect.Index(value, 0);
        if (index < 0)
            index = Math.Max(0, index + length);
        return missing == 0 ? index : Math.Min(index, length);
    }

    private static PyValue Find(PyStr self, PyValue?[] arguments, Run run, bool last)
    {
        var part = Expect.Text(arguments[0]);
        if (Within(self, arguments[1], arguments[2]) is not var (text, from))
            return -1;
        run.Fuel.Text(text.Length);
        var at = last
            ? part.Length == 0 ? text.Length : text.LastIndexOf(part, StringComparison.Ordinal)
            : text.IndexOf(part, StringComparison.Ordinal);
        return at < 0 ? -1 : from + CodePoints.Position(text, at);
    }

    private static PyValue Found(PyValue position) =>
        position is PyInt { Value: < 0 } ? throw PyException.Value("substring not found") : position;

    private static PyValue Count(PyStr self, PyValue?[] arguments, Run run)
    {
        var part = Expect.Text(arguments[0]);
        if (Within(self, arguments[1], arguments[2]) is not var (text, _))
            return 0;
        run.Fuel.Text(text.Length);
        return part.Length == 0 ? CodePoints.Count(text) + 1 : text.AsSpan().Count(part);
    }

    private static PyValue Edge(PyStr self, PyValue?[] arguments, Run run, string name)
    {
        var within = Within(self, arguments[1], arguments[2]);
        bool Fits(string part) => within is var (text, _) && (name == "startswith"
            ? text.StartsWith(part, StringComparison.Ordinal)
            : text.EndsWith(part, StringComparison.Ordinal));

        switch (arguments[0])
        {
            case PyStr part:
                return Fits(part.Value);
            case PyTuple parts:
                foreach (var item in parts.Items)
                {
                    run.Fuel.Spend();
                    if (item is not PyStr text)
                        throw PyException.Type($"tuple for {name} must only contain str, not {item.TypeName}");
                    if (Fits(text.Value))
                        return true;
                }

                return false;
            default:
                throw PyException.Type(
                    $"{name} first arg must be str or a tuple of str, not {arguments[0]?.TypeName}");
        }
    }

    private static PyList Split(PyStr self, PyValue?[] arguments, Run run, bool fromRight)
    {
        var most = Expect.Index(arguments[1], -1);
        run.Fuel.Text(self.Value.Length);
        if (arguments[0] is null or PyNone)
            return Strings(StrText.SplitSpace(self.Value, most, fromRight), run);
        if (arguments[0] is not PyStr { Value: var separator })
            throw PyException.Type($"must be str or None, not {arguments[0]!.TypeName}");
        if (separator.Length == 0)
            throw PyException.Value("empty separator");
        return Strings(StrText.Split(self.Value, separator, most, fromRight), run);
    }

    private static PyTuple Partition(string text, PyValue? argument, bool last)
    {
        var separator = Expect.Text(argument);
        if (separator.Length == 0)
            throw PyException.Value("empty separator");
        var at = last
            ? text.LastIndexOf(separator, StringComparison.Ordinal)
            : text.IndexOf(separator, StringComparison.Ordinal);
        if (at < 0)
            return last ? new PyTuple("", "", text) : new PyTuple(text, "", "");
        return new PyTuple(text[..at], separator, text[(at + separator.Length)..]);
    }
}

using System.Text;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Callables;

/// <summary>The methods of str that pad, strip, join and translate.</summary>
internal static class StrShape
{
    public static void Register(AddStrMethod add)
    {
        add("strip", MethodStyle.Counted, 0, 1, static (s, a, _) => Strip(s, a[0], "strip"));
        add("lstrip", MethodStyle.Counted, 0, 1, static (s, a, _) => Strip(s, a[0], "lstrip"));
        add("rstrip", MethodStyle.Counted, 0, 1, static (s, a, _) => Strip(s, a[0], "rstrip"));
        add("center", MethodStyle.Counted, 1, 2, static (s, a, run) => Pad(s, a, run, "center"));
        add("ljust", MethodStyle.Counted, 1, 2, static (s, a, run) => Pad(s, a, run, "ljust"));
        add("rjust", MethodStyle.Counted, 1, 2, static (s, a, run) => Pad(s, a, run, "rjust"));
        add("zfill", MethodStyle.Fixed, 1, 1, ZeroFill);
        add("expandtabs", MethodStyle.Named, 0, 1, ExpandTabs, "tabsize");
        add("join", MethodStyle.Fixed, 1, 1, Join);
        add("translate", MethodStyle.Fixed, 1, 1, Translate);
        add("maketrans", MethodStyle.Counted, 1, 3, MakeTranslation);
    }

    public static string Center(string text, int count, long width, string fill, Fuel fuel)
    {
        var missing = width - count;
        if (missing <= 0)
            return text;
        fuel.Text(width);

        // CPython's str.center puts the odd space on the left only where both are odd.
        var left = (int)((missing / 2) + (missing & width & 1));
        return Repeat(fill, left) + text + Repeat(fill, (int)missing - left);
    }

    public static string Repeat(string text, int count) =>
        text.Length == 1 ? new string(text[0], count) : new StringBuilder().Insert(0, text, count).ToString();

    private static PyValue Strip(PyStr self, PyValue? characters, string name)
    {
        if (characters is not (null or PyNone or PyStr))
            throw PyException.Type($"{name} arg must be None or str");
        var set = (characters as PyStr)?.Value;
        return StrText.Strip(self.Value, set, left: name != "rstrip", right: name != "lstrip");
    }

    private static PyValue Pad(PyStr self, PyValue?[] arguments, Run run, string name)
    {
        var width = Expect.Index(arguments[0], 0);
        if (arguments[1] is not (null or PyStr))
        {
            throw PyException.Type(
                $"The fill character must be a unicode character, not {arguments[1]!.TypeName}");
        }

        var fill = (arguments[1] as PyStr)?.Value ?? " ";
        if (CodePoints.Count(fill) != 1)
            throw PyException.Type("The fill character must be exactly one character long");
        var missing = width - self.Count;
        if (missing <= 0)
            return self.Value;
        run.Fuel.Text(width);
        return name switch
        {
            "center" => Center(self.Value, self.Count, width, fill, run.Fuel),
            "ljust" => self.Value + Repeat(fill, (int)missing),
            _ => Repeat(fill, (int)missing) + self.Value,
        };
    }

    private static PyValue ZeroFill(PyStr self, PyValue?[] arguments, Run run)
    {
        var missing = Expect.Index(arguments[0], 0) - self.Count;
        if (missing <= 0)
            return self.Value;
        run.Fuel.Text(missing + self.Count);
        var sign = self.Value.Length > 0 && self.Value[0] is '+' or '-' ? 1 : 0;
        return string.Concat(self.Value.AsSpan(0, sign), new string('0', (int)missing), self.Value.AsSpan(sign));
    }

    private static PyValue ExpandTabs(PyStr self, PyValue?[] arguments, Run run)
    {
        var size = Expect.Index(arguments[0], 8);
        var text = new StringBuilder();
        long column = 0;
        foreach (var c in self.Value)
        {
            if (c != '\t')
            {
                text.Append(c);
                column = c is '\n' or '\r' ? 0 : column + (char.IsLowSurrogate(c) ? 0 : 1);
                continue;
            }

            var spaces = size > 0 ? size - (column % size) : 0;
            run.Fuel.Limit(text.Length + spaces);
            run.Fuel.Text(spaces);
            text.Append(' ', (int)spaces);
            column += spaces;
        }

        return text.ToString();
    }

    private static PyValue Join(PyStr self, PyValue?[] arguments, Run run)
    {
        if (!arguments[0]!.IsIterable)
            throw PyException.Type("can only join an iterable");
        var text = new StringBuilder();
        var index = 0;
        using var items = arguments[0]!.Iterate();
        while (items.MoveNext())
        {
            run.Fuel.Spend();
            if (items.Current is not PyStr part)
            {
                throw PyException.Type(
                    $"sequence item {index}: expected str instance, {items.Current.TypeName} found");
            }

            if (index++ > 0)
                text.Append(self.Value);
            part.WriteStr(text, run.Fuel);
        }

        return text.ToString();
    }

    private static PyValue Translate(PyStr self, PyValue?[] arguments, Run run)
    {
        var table = arguments[0]!;
        if (!table.HasItems)
            throw PyException.Type($"'{table.TypeName}' object is not subscriptable");
        var text = new StringBuilder();
        foreach (var codePoint in CodePoints.Of(self.Value))
        {
            run.Fuel.Spend();
            run.Fuel.Limit(text.Length);
            _ = table.Item(codePoint, run.Fuel) switch
            {
                null => text.Append(CodePoints.Text(codePoint)),
                PyNone => text,
                PyStr part => text.Append(part.Value),
                PyInteger number => text.Append(CodePoints.Text((int)Expect.Index(number, 0))),
                _ => throw PyException.Type("character mapping must return integer, None or str"),
            };
        }

        return text.ToString();
    }

    private static PyValue MakeTranslation(PyStr self, PyValue?[] arguments, Run run)
    {
        var table = new PyDict();
        if (arguments[1] is null)
        {
            if (arguments[0] is not PyDict given)
                throw PyException.Type("if you give only one argument to maketrans it must be a dict");
            foreach (var (key, value) in given.Entries)
                table[key is PyStr { Count: 1 } letter ? CodePoints.Of(letter.Value).First() : key] = value;
            return table;
        }

        var from = CodePoints.Of(Expect.Text(arguments[0], "maketrans", "argument 1")).ToArray();
        var to = CodePoints.Of(Expect.Text(arguments[1], "maketrans", "argument 2")).ToArray();
        if (from.Length != to.Length)
            throw PyException.Value("the first two maketrans arguments must have equal length");
        for (var i = 0; i < from.Length; i++)
            table[from[i]] = to[i];
        if (arguments[2] is { } removed)
        {
            foreach (var codePoint in CodePoints.Of(Expect.Text(removed, "maketrans", "argument 3")))
                table[codePoint] = PyValue.None;
        }

        return table;
    }
}

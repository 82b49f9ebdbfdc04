using System.Text;
using Cairn.Graphs.Templates.Callables;
using Cairn.Graphs.Templates.Formatting;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Filters;

/// <summary>Filters that lay text out: center, indent, truncate, wordwrap, pprint.</summary>
internal static class LayoutFilters
{
    private const long DefaultLength = 255;
    private const long DefaultLeeway = 5;
    private const long DefaultWidth = 79;

    public static void Register(Dictionary<string, Filter> table)
    {
        table["center"] = FilterTable.Python(new("do_center", 0, 1, "value", "width"), static (run, a) =>
        {
            var text = TextFilters.Soft(a[0]!, run);
            return text.Like(StrShape.Center(text.Value, text.Count, Expect.Index(a[1], 80), " ", run.Fuel));
        });
        table["indent"] = FilterTable.Python(new("do_indent", 0, 1, "s", "width", "first", "blank"), Indent);
        table["truncate"] = FilterTable.Python(
            new("do_truncate", 1, 1, "s", "length", "killwords", "end", "leeway"), Truncate);
        table["wordwrap"] = FilterTable.Python(
            new("do_wordwrap", 1, 1, "s", "width", "break_long_words", "wrapstring", "break_on_hyphens"), Wrap);
        table["pprint"] = FilterTable.Python(new("do_pprint", 0, 1, "value"), static (run, a) =>
            PrettyPrint.Format(a[0]!, run.Fuel));
    }

    private static PyValue Indent(Run run, PyValue?[] a)
    {
        if (a[0] is PyList)
            throw PyException.Attribute(a[0]!, "splitlines");
        var indention = a[1] as PyStr ?? (PyStr)Arithmetic.Multiply(" ", a[1] ?? 4, run.Fuel);
        Arithmetic.Refuse(a[0]!, indention);
        if (a[0] is PyTuple)
            throw PyException.Type("can only concatenate tuple (not \"str\") to tuple");
        if (a[0] is not PyStr given)
            throw Arithmetic.Unsupported("+=", a[0]!, indention);
        var text = given.Like(given.Value + "\n");
        var lines = StrText.SplitLines(text.Value, keepEnds: false);
        var by = text is PyMarkup ? PyMarkup.Escape(indention, run.Fuel).Value : indention.Value;
        if (indention is not PyMarkup && text is PyMarkup)
            by = indention.Value;
        var result = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            if (i > 0)
                result.Append('\n');
            var isIndented = i == 0 ? ListFilters.Flag(a[2]) : ListFilters.Flag(a[3]) || lines[i].Length > 0;
            if (isIndented)
                result.Append(by);
            run.Fuel.Text(by.Length + lines[i].Length);
            run.Fuel.Limit(result.Length + (long)lines[i].Length);
            result.Append(lines[i]);
        }

        return text.Like(result.ToString());
    }

    private static PyValue Truncate(Run run, PyValue?[] a)
    {
        var length = Expect.Index(a[1], DefaultLength);
        var end = a[3] ?? "...";
        var leeway = a[4] is null or PyNone ? DefaultLeeway : Expect.Index(a[4], DefaultLeeway);
        var endLength = end.Length(run.Fuel);
        if (length < endLength)
        {
            throw new PyException(
                PyErrorKind.AssertionError, $"expected length >= {endLength}, got {length}");
        }

        if (leeway < 0)
            throw new PyException(PyErrorKind.AssertionError, $"expected leeway >= 0, got {leeway}");
        var text = a[0]!;
        if (text.Length(run.Fuel) <= length + leeway)
            return text;
        var cut = text.Slice(new PySlice(null, length - endLength, null), run.Fuel);
        if (ListFilters.Flag(a[2]))
            return Arithmetic.Add(cut, end, run.Fuel);
        if (cut is not PyStr words)
            throw PyException.Attribute(cut, "rsplit");
        var space = words.Value.LastIndexOf(' ');
        return Arithmetic.Add(words.Like(space < 0 ? words.Value : words.Value[..space]), end, run.Fuel);
    }

    private static PyValue Wrap(Run run, PyValue?[] a)
    {
        if (a[0] is not PyStr text)
            throw a[0] is PyUndefined undefined ? undefined.Error() : PyException.Attribute(a[0]!, "splitlines");
        var width = a[1] is null ? DefaultWidth : Expect.Index(a[1], DefaultWidth);
        var between = a[3] is null or PyNone ? "\n" : Expect.Text(a[3]);
        var breaksWords = a[2] is null || a[2]!.Truth();
        var breaksHyphens = a[4] is null || a[4]!.Truth();
        var lines = new List<string>();
        foreach (var line in StrText.SplitLines(text.Value, keepEnds: false))
        {
            run.Fuel.Spend();
            run.Fuel.Text(line.Length * 4L);
            lines.Add(string.Join(between, TextWrap.Lines(line, width, breaksWords, breaksHyphens)));
        }

        return string.Join(between, lines);
    }
}

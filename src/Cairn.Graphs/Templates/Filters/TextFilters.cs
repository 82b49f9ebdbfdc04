using System.Text;
using Cairn.Graphs.Templates.Callables;
using Cairn.Graphs.Templates.Formatting;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Filters;

/// <summary>Filters on one text: case, trim, replace, format, string, escape.</summary>
internal static class TextFilters
{
    private static readonly char[] WordStarts = ['-', '(', '{', '[', '<'];

    public static void Register(Dictionary<string, Filter> table)
    {
        table["upper"] = Text("do_upper", static text => CaseText.Upper(text));
        table["lower"] = Text("do_lower", static text => CaseText.Lower(text));
        table["capitalize"] = Text("do_capitalize", static text => CaseText.Capitalize(text));
        table["title"] = FilterTable.Python(new("do_title", 0, 1, "s"), static (run, a) =>
            Title(a[0]!.Str(run.Fuel)));
        table["string"] = static (run, value, arguments) =>
        {
            RequireOne("soft_str", arguments);
            return Soft(value, run);
        };
        table["replace"] = FilterTable.Python(new("do_replace", 1, 3, "s", "old", "new", "count"), Replace);
        table["trim"] = FilterTable.Python(new("do_trim", 0, 1, "value", "chars"), static (run, a) =>
        {
            var text = Soft(a[0]!, run);
            if (a[1] is not (null or PyNone or PyStr))
                throw PyException.Type("strip arg must be None or str");
            return text.Like(StrText.Strip(text.Value, (a[1] as PyStr)?.Value, left: true, right: true));
        });
        table["format"] = Format;
        table["default"] = table["d"] = FilterTable.Python(
            new("do_default", 0, 1, "value", "default_value", "boolean"),
            static (_, a) => a[0] is PyUndefined || ((a[2]?.Truth() ?? false) && !a[0]!.Truth()) ? a[1] ?? "" : a[0]!);
        table["wordcount"] = FilterTable.Python(new("do_wordcount", 0, 1, "s"), static (run, a) =>
            WordCount(a[0]!.Str(run.Fuel)));
        table["safe"] = FilterTable.Python(new("do_mark_safe", 0, 1, "value"), static (run, a) =>
            new PyMarkup(a[0]!.Str(run.Fuel)));
        table["escape"] = table["e"] = static (run, value, arguments) =>
        {
            RequireOne("escape", arguments);
            return PyMarkup.Escape(value, run.Fuel);
        };
        table["forceescape"] = FilterTable.Python(new("do_forceescape", 0, 1, "value"), static (run, a) =>
            new PyMarkup(PyMarkup.EscapeText(a[0]!.Str(run.Fuel))));
        table["striptags"] = FilterTable.Python(new("do_striptags", 0, 1, "value"), static (run, a) =>
            HtmlText.StripTags(a[0]!.Str(run.Fuel)));
    }

    /// <summary>Markup as it is, everything else as str.</summary>
    public static PyStr Soft(PyValue value, Run run) => value as PyStr ?? new PyStr(value.Str(run.Fuel));

    public static void RequireOne(string function, Arguments arguments)
    {
        if (arguments.Named.Length > 0)
            throw PyException.Type($"{function}() takes no keyword arguments");
        if (arguments.Positional.Length > 0)
        {
            throw PyException.Type(
                $"{function}() takes exactly one argument ({arguments.Positional.Length + 1} given)");
        }
    }

    private static Filter Text(string function, Func<string, string> change) =>
        FilterTable.Python(new(function, 0, 1, "s"), (run, a) =>
        {
            var text = Soft(a[0]!, run);
            run.Fuel.Text(text.Value.Length);
            return text.Like(change(text.Value));
        });

    private static PyValue Replace(Run run, PyValue?[] a)
    {
        var count = a[3] is null or PyNone ? -1 : Expect.Index(a[3], -1);
        if (!run.Autoescape)
            return StrText.Replace(a[0]!.Str(run.Fuel), a[1]!.Str(run.Fuel), a[2]!.Str(run.Fuel), count, run.Fuel);
        var isSafe = a[1] is PyMarkup || (a[2] is PyMarkup && a[0] is not PyMarkup);
        var text = isSafe ? PyMarkup.Escape(a[0]!, run.Fuel) : Soft(a[0]!, run);
        string Part(PyValue part) => text is PyMarkup
            ? PyMarkup.Escape(Soft(part, run), run.Fuel).Value
            : part.Str(run.Fuel);
        return text.Like(StrText.Replace(text.Value, Part(a[1]!), Part(a[2]!), count, run.Fuel));
    }

    private static PyValue Format(Run run, PyValue value, Arguments arguments)
    {
        if (arguments.Positional.Length > 0 && arguments.Named.Length > 0)
        {
            throw new PyException(
                PyErrorKind.FilterArgumentError, "can't handle positional and keyword arguments at the same time");
        }

        PyValue given = new PyTuple(arguments.Positional);
        if (arguments.Named.Length > 0)
        {
            var named = new PyDict();
            foreach (var (name, item) in arguments.Named)
                named[name] = item;
            given = named;
        }

        return PercentFormat.Apply(Soft(value, run), given, run);
    }

    /// <summary>Every part after white space or an opening bracket gets a capital, the rest of it small
    /// letters.</summary>
    private static string Title(string text)
    {
        if (Ascii.IsValid(text))
            return AsciiTitle(text);
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var isBreak = IsBreak(text[i]);
            var end = i;
            while (end < text.Length && IsBreak(text[end]) == isBreak)
                end++;
            var size = CodePoints.Size(text, i);
            result.Append(CaseText.Upper(text.Substring(i, size))).Append(CaseText.Lower(text[(i + size)..end]));
            i = end;
        }

        return result.ToString();
    }

    private static string AsciiTitle(string text) => string.Create(text.Length, text, static (title, text) =>
    {
        for (var i = 0; i < title.Length; i++)
        {
            title[i] = i == 0 || IsBreak(text[i - 1])
                ? char.ToUpperInvariant(text[i])
                : char.ToLowerInvariant(text[i]);
        }
    });

    private static bool IsBreak(char c) => StrText.IsSpace(c) || Array.IndexOf(WordStarts, c) >= 0;

    private static long WordCount(string text)
    {
        var count = 0;
        var inWord = false;
        foreach (var c in CodePoints.Of(text))
        {
            var isWord = c == '_' || StrText.IsLetter(c) || StrText.IsNumeric(c);
            if (isWord && !inWord)
                count++;
            inWord = isWord;
        }

        return count;
    }
}

using Cairn.Graphs.Templates.Formatting;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Callables;

/// <summary>The methods of str; on Markup those that markupsafe wraps escape their arguments and answer
/// Markup.</summary>
internal static class StrMethods
{
    private static readonly Dictionary<string, BuiltinMethod<PyStr>> Table = Make();

    /// <summary>Methods of Markup that wrap str's; the others answer plain values.</summary>
    private static readonly string[] MarkupWrapped =
    [
        "capitalize", "title", "lower", "upper", "replace", "ljust", "rjust", "lstrip", "rstrip", "center", "strip",
        "translate", "expandtabs", "swapcase", "zfill", "partition", "rpartition", "join",
    ];

    public static PyValue? Find(PyStr self, string name)
    {
        if (self is PyMarkup && Markup(self, name) is { } special)
            return special;
        if (name is "format" or "format_map")
        {
            return new PyFunction(
                $"<function str.{name} at 0x7f0000000000>",
                (run, arguments) => StrFormat.Call(self, name, arguments, run));
        }

        return Table.TryGetValue(name, out var method) ? new PyMethod<PyStr>(self, method) : null;
    }

    private static PyFunction? Markup(PyStr self, string name)
    {
        switch (name)
        {
            case "striptags" or "unescape":
                return new PyFunction($"<bound method Markup.{name}>", (_, _) => name == "striptags"
                    ? HtmlText.StripTags(self.Value)
                    : HtmlText.Unescape(self.Value));
            case "split" or "rsplit" or "splitlines":
                return new PyFunction($"<bound method Markup.{name}>", (run, arguments) =>
                {
                    var parts = (PyList)Table[name].Body(self, Table[name].Bind(self, arguments), run);
                    return new PyList(parts.Items.Select(part => (PyValue)new PyMarkup(((PyStr)part).Value)));
                });
            default:
                return Array.IndexOf(MarkupWrapped, name) < 0 ? null : Wrapped(self, Table[name]);
        }
    }

    private static PyFunction Wrapped(PyStr self, BuiltinMethod<PyStr> method) => new(
        $"<bound method Markup.{method.Name}>",
        (run, arguments) =>
        {
            PyValue Escape(PyValue value) => value is PyStr ? PyMarkup.Escape(value, run.Fuel) : value;
            var positional = method.Name == "join" && arguments.Positional is [var parts]
                ? [new PyList(Expect.Items(parts, run.Fuel).Select(item => (PyValue)PyMarkup.Escape(item, run.Fuel)))]
                : arguments.Positional.Select(Escape).ToArray();
            var result = method.Body(self, method.Bind(self, arguments with { Positional = positional }), run);
            return result is PyTuple tuple
                ? new PyTuple([.. tuple.Items.Select(part => new PyMarkup(((PyStr)part).Value))])
                : new PyMarkup(((PyStr)result).Value);
        });

    private static Dictionary<string, BuiltinMethod<PyStr>> Make()
    {
        var table = new Dictionary<string, BuiltinMethod<PyStr>>(StringComparer.Ordinal);
        void Add(string name, MethodStyle style, int least, int most, MethodBody<PyStr> body, params string[] names) =>
            table.Add(name, new BuiltinMethod<PyStr>(name, style, least, most, body, names));
        void Plain(string name, Func<string, PyValue> body) =>
            Add(name, MethodStyle.Fixed, 0, 0, (self, _, run) =>
            {
                run.Fuel.Text(self.Value.Length);
                return body(self.Value);
            });

        Plain("upper", static text => CaseText.Upper(text));
        Plain("lower", static text => CaseText.Lower(text));
        Plain("casefold", static text => CaseText.Fold(text));
        Plain("swapcase", static text => CaseText.Swap(text));
        Plain("capitalize", static text => CaseText.Capitalize(text));
        Plain("title", static text => CaseText.Title(text));
        Plain("isupper", static text => CaseText.IsUpper(text));
        Plain("islower", static text => CaseText.IsLower(text));
        Plain("istitle", static text => CaseText.IsTitle(text));
        Plain("isspace", static text => text.Length > 0 && text.All(StrText.IsSpace));
        Plain("isalpha", static text => StrText.All(text, StrText.IsLetter));
        Plain("isalnum", static text => StrText.All(text, static c => StrText.IsLetter(c) || StrText.IsNumeric(c)));
        Plain("isdecimal", static text => StrText.All(text, StrText.IsDecimal));
        Plain("isdigit", static text => StrText.All(text, StrText.IsDigit));
        Plain("isnumeric", static text => StrText.All(text, StrText.IsNumeric));
        Plain("isascii", static text => text.All(char.IsAscii));
        Plain("isprintable", static text => CodePoints.Of(text).All(StrRepr.IsPrintable));
        Plain("isidentifier", static text => StrText.IsIdentifier(text));
        StrSearch.Register(Add);
        StrShape.Register(Add);
        Add("encode", MethodStyle.Named, 0, 2, static (_, _, _) => throw new PyException(
            PyErrorKind.Refused, "str.encode is not offered: templates have no bytes"), "encoding", "errors");
        return table;
    }
}

/// <summary>How a group of methods enters the table of str.</summary>
internal delegate void AddStrMethod(
    string name, MethodStyle style, int least, int most, MethodBody<PyStr> body, params string[] names);

using System.Buffers;
using System.Text;
using Cairn.Graphs.Templates.Callables;
using Cairn.Graphs.Templates.Formatting;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Filters;

/// <summary>urlencode, urlize, xmlattr, tojson.</summary>
internal static class WebFilters
{
    private static readonly SearchValues<char> AttributeEnds = SearchValues.Create(" \t\n\r\f\v/>=");

    public static void Register(Dictionary<string, Filter> table)
    {
        table["urlencode"] = FilterTable.Python(new("do_urlencode", 0, 1, "value"), UrlEncode);
        table["xmlattr"] = FilterTable.Python(new("do_xmlattr", 1, 1, "d", "autospace"), XmlAttributes);
        table["tojson"] = FilterTable.Python(new("do_tojson", 1, 1, "value", "indent"), static (run, a) =>
            Json.Dump(a[0]!, a[1], run.Fuel));
        table["urlize"] = FilterTable.Python(
            new("do_urlize", 1, 1, "value", "trim_url_limit", "nofollow", "target", "rel", "extra_schemes"), Urlize);
    }

    private static PyValue UrlEncode(Run run, PyValue?[] a)
    {
        if (a[0] is PyStr || !a[0]!.IsIterable)
            return Quote(a[0]!.Str(run.Fuel), "/");
        var pairs = a[0] is PyDict dict ? dict.Attribute("items")!.Call(run, Arguments.None) : a[0]!;
        var parts = new List<string>();
        foreach (var pair in Expect.Items(pairs, run.Fuel))
        {
            if (!pair.IsIterable)
                throw PyException.Type($"cannot unpack non-iterable {pair.TypeName} object");
            var items = Expect.Items(pair, run.Fuel);
            if (items.Count != 2)
            {
                throw PyException.Value(items.Count < 2
                    ? $"not enough values to unpack (expected 2, got {items.Count})"
                    : "too many values to unpack (expected 2)");
            }

            parts.Add(string.Join('=', items.Select(item =>
                Quote(item.Str(run.Fuel), "").Replace("%20", "+", StringComparison.Ordinal))));
        }

        return string.Join('&', parts);
    }

    private static string Quote(string text, string safe)
    {
        var quoted = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '~' || safe.Contains(c))
                quoted.Append(c);
            else
                quoted.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return quoted.ToString();
    }

    private static PyValue XmlAttributes(Run run, PyValue?[] a)
    {
        if (a[0] is not PyDict dict)
            throw a[0] is PyUndefined undefined ? undefined.Error() : PyException.Attribute(a[0]!, "items");
        var parts = new List<string>();
        foreach (var (key, value) in dict.Entries)
        {
            run.Fuel.Spend();
            if (value is PyNone or PyUndefined)
                continue;
            if (key is not PyStr name)
                throw PyException.Type($"expected string or bytes-like object, got '{key.TypeName}'");
            if (name.Value.AsSpan().IndexOfAny(AttributeEnds) >= 0)
                throw PyException.Value($"Invalid character in attribute name: {StrRepr.Of(name.Value)}");
            parts.Add($"{PyMarkup.Escape(key, run.Fuel).Value}=\"{PyMarkup.Escape(value, run.Fuel).Value}\"");
        }

        var text = string.Join(' ', parts);
        if (text.Length > 0 && (a[1] is null || a[1]!.Truth()))
            text = " " + text;
        return run.Autoescape ? new PyMarkup(text) : new PyStr(text);
    }

    private static PyValue Urlize(Run run, PyValue?[] a)
    {
        var relations = new SortedSet<string>(StringComparer.Ordinal) { "noopener" };
        if (ListFilters.Flag(a[2]))
            relations.Add("nofollow");
        if (a[4] is not null && a[4]!.Truth())
            relations.UnionWith(StrText.SplitSpace(Expect.Text(a[4]), -1, fromRight: false));
        var target = a[3] is null or PyNone || !a[3]!.Truth() ? null : a[3]!.Str(run.Fuel);
        var schemes = a[5] is null or PyNone
            ? []
            : Expect.Items(a[5]!, run.Fuel).ConvertAll(scheme => Scheme(scheme, run.Fuel));
        var limit = a[1] is null or PyNone ? (long?)null : Expect.Index(a[1], 0);
        var text = PyMarkup.Escape(a[0]!, run.Fuel).Value;
        run.Fuel.Spend(text.Length);
        var linked = new Links(limit, string.Join(' ', relations), target, schemes).In(text);
        return run.Autoescape ? new PyMarkup(linked) : new PyStr(linked);
    }

    /// <summary>A letter, letters, digits and <c>.+-</c>, a colon, up to two slashes.</summary>
    private static string Scheme(PyValue value, Fuel fuel)
    {
        if (value is PyStr { Value: var scheme })
        {
            var name = scheme.TrimEnd('/');
            if (scheme.Length - name.Length <= 2 && name.Length > 2 && name[^1] == ':'
                && name[..^1].All(static c => char.IsLetterOrDigit(c) || c is '_' or '.' or '+' or '-'))
            {
                return scheme;
            }
        }

        throw new PyException(
            PyErrorKind.FilterArgumentError, $"{value.Repr(fuel)} is not a valid URI scheme prefix.");
    }
}

using Cairn.Graphs.Templates.Callables;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Filters;

/// <summary>A filter: the value before the bar, and the arguments.</summary>
internal delegate PyValue Filter(Run run, PyValue value, Arguments arguments);

/// <summary>
/// Jinja's built-in filters. <c>random</c> is refused when it is called: its answer would differ from one rendering
/// to the next.
/// </summary>
internal static class FilterTable
{
    private static readonly Dictionary<string, Filter> Filters = Make();

    public static Filter? Find(string name) => Filters.GetValueOrDefault(name);

    /// <summary>A filter that the original wrote in Python; the value itself is its first parameter.</summary>
    public static Filter Python(Signature signature, Func<Run, PyValue?[], PyValue> body) =>
        (run, value, arguments) => body(run, signature.Bind(value, arguments));

    private static Dictionary<string, Filter> Make()
    {
        var table = new Dictionary<string, Filter>(StringComparer.Ordinal);
        TextFilters.Register(table);
        LayoutFilters.Register(table);
        NumberFilters.Register(table);
        ListFilters.Register(table);
        PickFilters.Register(table);
        WebFilters.Register(table);
        return table;
    }
}

namespace Cairn.Platform.Connectors.Calls;

/// <summary>Bodies of calls by name.</summary>
internal sealed class CallTable : SortedDictionary<string, CallBody>
{
    /// <summary>An empty table.</summary>
    public CallTable()
        : base(StringComparer.Ordinal)
    {
    }

    /// <summary>All entries of some tables; a name that stands twice is an error of ours.</summary>
    public static CallTable Of(params ReadOnlySpan<CallTable> tables)
    {
        var all = new CallTable();
        foreach (var table in tables)
            foreach (var (name, body) in table)
                all.Add(name, body);
        return all;
    }
}

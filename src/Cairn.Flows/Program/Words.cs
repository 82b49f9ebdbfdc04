using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>Kinds of values in messages.</summary>
internal static class Words
{
    /// <summary>`null`, `a string`, `an integer`.</summary>
    public static string Of(FlowValue value) => Of(value.Kind);

    /// <summary>`a string or bytes`.</summary>
    public static string Of(IEnumerable<FlowKind> kinds) => string.Join(" or ", kinds.Select(Of));

    private static string Of(FlowKind kind) => kind switch
    {
        FlowKind.Null => "null",
        FlowKind.Integer => "an integer",
        FlowKind.Unassigned => "no value",
        FlowKind.Bytes => "bytes",
        _ => $"a {kind.ToString().ToLowerInvariant()}",
    };
}

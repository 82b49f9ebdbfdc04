using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>Kinds of values in messages.</summary>
internal static class Words
{
    /// <summary>`null`, `a string`, `an integer`.</summary>
    public static string Of(FlowValue value) => value.Kind switch
    {
        FlowKind.Null => "null",
        FlowKind.Integer => "an integer",
        FlowKind.Unassigned => "no value",
        FlowKind.Bytes => "bytes",
        _ => $"a {value.Kind.ToString().ToLowerInvariant()}",
    };
}

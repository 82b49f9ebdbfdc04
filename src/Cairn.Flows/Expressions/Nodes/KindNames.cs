using Cairn.Flows.Values;

namespace Cairn.Flows.Expressions.Nodes;

/// <summary>The names of kinds, as `get_type` gives them (spec/workflows.md 2.3).</summary>
internal static class KindNames
{
    public static string Of(FlowValue value) => Of(value.Kind);

    public static string Of(FlowKind kind) => kind switch
    {
        FlowKind.Null or FlowKind.Unassigned => "null",
        FlowKind.Boolean => "boolean",
        FlowKind.Integer => "integer",
        FlowKind.Double => "double",
        FlowKind.String => "string",
        FlowKind.List => "list",
        FlowKind.Map => "map",
        FlowKind.Bytes => "bytes",
        FlowKind.Function => "function",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

using Cairn.Flows.Sources;
using Cairn.Flows.Values;

namespace Cairn.Flows.Trials;

/// <summary>Values of a source in which nothing is an expression.</summary>
internal static class PlainValues
{
    /// <summary>The value of a node.</summary>
    public static FlowValue Of(SourceNode node)
    {
        switch (node)
        {
            case SourceNode.Scalar scalar:
                return scalar.Value.Kind switch
                {
                    CoreKind.Null => FlowValue.Null,
                    CoreKind.Boolean => FlowValue.Of(scalar.Value.Bits != 0),
                    CoreKind.Integer => FlowValue.Of(scalar.Value.Bits),
                    CoreKind.Double => FlowValue.Of(scalar.Value.Number),
                    _ => FlowValue.Of(scalar.Text),
                };
            case SourceNode.List list:
                return FlowValue.Of(FlowList.From(list.Items.Select(Of)));
            default:
                var map = new FlowMapBuilder();
                foreach (var entry in ((SourceNode.Map)node).Entries) map.Set(entry.Key.Text, Of(entry.Value));
                return FlowValue.Of(map.ToMap());
        }
    }
}

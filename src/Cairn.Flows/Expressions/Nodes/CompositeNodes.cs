using Cairn.Flows.Values;

namespace Cairn.Flows.Expressions.Nodes;

/// <summary>`[a, b]`.</summary>
internal sealed class ListNode(Node[] items, SourceSpan span) : Node(span)
{
    public override FlowValue Evaluate(Evaluation evaluation)
    {
        var values = new FlowValue[items.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = items[i].Evaluate(evaluation);
        return FlowValue.Of(FlowList.Adopt(values));
    }
}

/// <summary>`{"k": a}` (T03).</summary>
internal sealed class MapNode(string[] keys, Node[] items, SourceSpan span) : Node(span)
{
    public override FlowValue Evaluate(Evaluation evaluation)
    {
        var builder = new FlowMapBuilder(keys.Length);
        for (var i = 0; i < keys.Length; i++)
            builder.Set(keys[i], items[i].Evaluate(evaluation));
        return FlowValue.Of(builder.ToMap());
    }
}

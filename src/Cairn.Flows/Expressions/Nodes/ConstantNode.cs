using Cairn.Flows.Values;

namespace Cairn.Flows.Expressions.Nodes;

/// <summary>A value that was known when the expression was compiled.</summary>
internal sealed class ConstantNode(FlowValue value, SourceSpan span) : Node(span)
{
    public FlowValue Value { get; } = value;

    public override FlowValue Evaluate(Evaluation evaluation) => Value;
}

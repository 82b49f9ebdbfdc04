using Cairn.Flows.Values;

namespace Cairn.Flows.Expressions.Nodes;

/// <summary>A variable of the frame that evaluates.</summary>
internal sealed class LocalNode(string name, int index, bool isGuarded, SourceSpan span) : Node(span)
{
    public int Index { get; } = index;

    public override FlowValue Evaluate(Evaluation evaluation)
    {
        var value = evaluation.Slots[Index];
        return value.IsUnassigned ? OuterNode.Unassigned(name, isGuarded, Span) : value;
    }
}

/// <summary>A variable of a frame further out.</summary>
internal sealed class OuterNode(string name, SlotAddress address, bool isGuarded, SourceSpan span) : Node(span)
{
    public override FlowValue Evaluate(Evaluation evaluation)
    {
        var value = evaluation.Frame[address];
        return value.IsUnassigned ? Unassigned(name, isGuarded, Span) : value;
    }

    /// <summary>Null inside `default`, `if` and `==` under leniency (T11), else an error.</summary>
    public static FlowValue Unassigned(string name, bool isGuarded, SourceSpan span) => isGuarded
        ? FlowValue.Null
        : throw FlowError.Of(FlowTags.Key, $"variable {name} has no value yet").At(span);
}

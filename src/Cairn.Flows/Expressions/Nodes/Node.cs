using Cairn.Flows.Values;

namespace Cairn.Flows.Expressions.Nodes;

/// <summary>A part of a compiled expression. Immutable.</summary>
internal abstract class Node(SourceSpan span)
{
    public SourceSpan Span { get; } = span;

    /// <summary>The value; throws <see cref="FlowError"/> and nothing else.</summary>
    public abstract FlowValue Evaluate(Evaluation evaluation);

    /// <summary>Whether its value is a boolean in any case.</summary>
    public virtual bool IsCondition => false;

    /// <summary>The value as a condition: a boolean, or TypeError.</summary>
    public virtual bool Test(Evaluation evaluation)
    {
        var value = Evaluate(evaluation);
        return value.Kind == FlowKind.Boolean
            ? value.AsBoolean()
            : throw FlowError.Type($"a condition must be a boolean, not {KindNames.Of(value)}").At(Span);
    }
}

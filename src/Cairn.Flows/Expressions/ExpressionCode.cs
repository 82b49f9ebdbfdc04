using Cairn.Flows.Expressions.Nodes;
using Cairn.Flows.Values;

namespace Cairn.Flows.Expressions;

/// <summary>A compiled expression: a tree of nodes over the slots of frames. Immutable, shared by runs.</summary>
public sealed class ExpressionCode
{
    private readonly Node _root;

    internal ExpressionCode(Node root) => _root = root;

    /// <summary>The value of an expression that is the same every time; null of one that must be evaluated.</summary>
    public FlowValue? Constant => _root is ConstantNode constant ? constant.Value : null;

    /// <summary>
    /// The value in a frame. Throws <see cref="FlowError"/>, with the place in the expression, and nothing else.
    /// </summary>
    public FlowValue Evaluate(FlowFrame frame, Evaluation evaluation)
    {
        evaluation.Enter(frame);
        return _root.Evaluate(evaluation);
    }

    /// <summary>The value as a condition: a boolean, or TypeError. Throws as <see cref="Evaluate"/> does.</summary>
    public bool Test(FlowFrame frame, Evaluation evaluation)
    {
        evaluation.Enter(frame);
        return _root.Test(evaluation);
    }
}

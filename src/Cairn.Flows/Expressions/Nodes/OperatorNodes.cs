using Cairn.Flows.Values;

namespace Cairn.Flows.Expressions.Nodes;

/// <summary>`a + b`, `a - b`, `a * b` and the three divisions.</summary>
internal sealed class ArithmeticNode(BinaryOperator op, Node left, Node right, SourceSpan span) : Node(span)
{
    public override FlowValue Evaluate(Evaluation evaluation)
    {
        var a = left.Evaluate(evaluation);
        var b = right.Evaluate(evaluation);
        if (a.IsPlainInteger && b.IsPlainInteger)
        {
            var (x, y) = (a.RawInteger, b.RawInteger);
            if (op == BinaryOperator.Add)
            {
                var sum = unchecked(x + y);
                if (((x ^ sum) & (y ^ sum)) >= 0)
                    return FlowValue.Of(sum);
            }
            else if (op == BinaryOperator.Subtract)
            {
                var difference = unchecked(x - y);
                if (((x ^ y) & (x ^ difference)) >= 0)
                    return FlowValue.Of(difference);
            }
        }

        return Slow(a, b, evaluation);
    }

    private FlowValue Slow(FlowValue a, FlowValue b, Evaluation evaluation)
    {
        try
        {
            return Arithmetic.Apply(op, a, b, evaluation);
        }
        catch (FlowError error)
        {
            throw error.At(Span);
        }
    }
}

/// <summary>`-a`.</summary>
internal sealed class NegateNode(Node operand, SourceSpan span) : Node(span)
{
    public override FlowValue Evaluate(Evaluation evaluation)
    {
        var value = operand.Evaluate(evaluation);
        try
        {
            return Arithmetic.Negate(value);
        }
        catch (FlowError error)
        {
            throw error.At(Span);
        }
    }
}

/// <summary>`not a`.</summary>
internal sealed class NotNode(Node operand, SourceSpan span) : Node(span)
{
    private readonly bool _isOperandCondition = operand.IsCondition;

    public override bool IsCondition => true;

    public override FlowValue Evaluate(Evaluation evaluation) => FlowValue.Of(Test(evaluation));

    public override bool Test(Evaluation evaluation)
    {
        if (_isOperandCondition)
            return !operand.Test(evaluation);
        var value = operand.Evaluate(evaluation);
        return value.Kind == FlowKind.Boolean
            ? !value.AsBoolean()
            : throw FlowError.Type($"not is not defined for {KindNames.Of(value)}").At(Span);
    }
}

/// <summary>`a and b` or `a or b`, the right side only when the left leaves it open.</summary>
internal sealed class LogicNode(bool isAnd, Node left, Node right, SourceSpan span) : Node(span)
{
    private readonly bool _isLeftCondition = left.IsCondition;
    private readonly bool _isRightCondition = right.IsCondition;

    public override bool IsCondition => true;

    public override FlowValue Evaluate(Evaluation evaluation) => FlowValue.Of(Test(evaluation));

    public override bool Test(Evaluation evaluation) =>
        Side(left, _isLeftCondition, evaluation) == isAnd ? Side(right, _isRightCondition, evaluation) : !isAnd;

    private bool Side(Node side, bool isCondition, Evaluation evaluation)
    {
        if (isCondition)
            return side.Test(evaluation);
        var value = side.Evaluate(evaluation);
        return value.Kind == FlowKind.Boolean
            ? value.AsBoolean()
            : throw FlowError.Type($"{(isAnd ? "and" : "or")} is not defined for {KindNames.Of(value)}").At(side.Span);
    }
}

/// <summary>`not a == b` under leniency (T12).</summary>
internal sealed class LooseNotNode(BinaryOperator op, Node left, Node right, SourceSpan span) : Node(span)
{
    public override bool IsCondition => true;

    public override FlowValue Evaluate(Evaluation evaluation) => FlowValue.Of(Test(evaluation));

    public override bool Test(Evaluation evaluation)
    {
        var a = left.Evaluate(evaluation);
        var b = right.Evaluate(evaluation);
        try
        {
            return a.Kind == FlowKind.Boolean
                ? ComparisonNode.Compare(op, FlowValue.Of(!a.AsBoolean()), b, evaluation)
                : !ComparisonNode.Compare(op, a, b, evaluation);
        }
        catch (FlowError error)
        {
            throw error.At(Span);
        }
    }
}

/// <summary>`c ? a : b` (T04), and `if(c, a, b)` under leniency (T10), where a null condition is false.</summary>
internal sealed class ConditionalNode(Node condition, Node then, Node otherwise, bool takesNull, SourceSpan span)
    : Node(span)
{
    public override FlowValue Evaluate(Evaluation evaluation)
    {
        var value = condition.Evaluate(evaluation);
        if (value.Kind == FlowKind.Boolean)
            return (value.AsBoolean() ? then : otherwise).Evaluate(evaluation);
        return takesNull && value.IsNull
            ? otherwise.Evaluate(evaluation)
            : throw FlowError.Type($"a condition must be a boolean, not {KindNames.Of(value)}").At(condition.Span);
    }
}

/// <summary>`default(a, b)` under leniency: b only when a is null (T10).</summary>
internal sealed class DefaultNode(Node value, Node fallback, SourceSpan span) : Node(span)
{
    public override FlowValue Evaluate(Evaluation evaluation)
    {
        var first = value.Evaluate(evaluation);
        return first.IsNull ? fallback.Evaluate(evaluation) : first;
    }
}

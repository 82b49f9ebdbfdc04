using Cairn.Flows.Values;

namespace Cairn.Flows.Expressions.Nodes;

/// <summary>`==`, `!=`, the four orders and `in` (spec/workflows.md 2.4). A boolean carries no mark.</summary>
internal sealed class ComparisonNode(BinaryOperator op, Node left, Node right, SourceSpan span) : Node(span)
{
    public override bool IsCondition => true;

    public override FlowValue Evaluate(Evaluation evaluation) => FlowValue.Of(Test(evaluation));

    public override bool Test(Evaluation evaluation)
    {
        var a = left.Evaluate(evaluation);
        var b = right.Evaluate(evaluation);
        if (a.IsPlainInteger && b.IsPlainInteger && op != BinaryOperator.In)
            return Holds(op, a.RawInteger.CompareTo(b.RawInteger));
        if (op <= BinaryOperator.NotEqual && a.PlainText is { } x && b.PlainText is { } y)
            return string.Equals(x, y) == (op == BinaryOperator.Equal);
        return Slow(a, b, evaluation);
    }

    /// <summary>The comparison of any two values; throws <see cref="FlowError"/> without a place.</summary>
    public static bool Compare(BinaryOperator op, FlowValue left, FlowValue right, Evaluation evaluation) => op switch
    {
        BinaryOperator.Equal => Equal(left, right, evaluation),
        BinaryOperator.NotEqual => !Equal(left, right, evaluation),
        BinaryOperator.In => IsIn(left.Plain, right.Plain, evaluation),
        _ => IsOrdered(op, left.Plain, right.Plain),
    };

    private bool Slow(FlowValue a, FlowValue b, Evaluation evaluation)
    {
        try
        {
            return Compare(op, a, b, evaluation);
        }
        catch (FlowError error)
        {
            throw error.At(Span);
        }
    }

    private static bool Equal(FlowValue left, FlowValue right, Evaluation evaluation)
    {
        // Deep values cost what they weigh, a part that is shared each time it appears.
        if (left.Depth > 0 && right.Depth > 0)
            evaluation.Spend(Math.Min(left.Weight, right.Weight) / 8);
        return Comparison.AreEqual(left, right);
    }

    private static bool IsIn(FlowValue item, FlowValue container, Evaluation evaluation)
    {
        switch (container.Kind)
        {
            case FlowKind.List:
                evaluation.Spend(container.Weight / 8);
                foreach (var element in container.AsList())
                {
                    if (Equal(item, element, evaluation))
                        return true;
                }

                return false;
            case FlowKind.Map when KeyOf(item, evaluation) is { } key:
                return container.AsMap().Has(key);
            case FlowKind.Null when evaluation.IsLenient:
                return false;
            default:
                throw FlowError.Type(
                    $"in is not defined for {KindNames.Of(item)} and {KindNames.Of(container)}");
        }
    }

    /// <summary>The text of a key; null for what cannot be one.</summary>
    public static string? KeyOf(FlowValue key, Evaluation evaluation) => key.Kind switch
    {
        FlowKind.String => key.AsText(),
        FlowKind.Bytes when evaluation.IsLenient => BytesText.Of(key.AsBytes().Span),
        _ => null,
    };

    private static bool IsOrdered(BinaryOperator op, FlowValue left, FlowValue right) => (left.Kind, right.Kind) switch
    {
        (FlowKind.Integer, FlowKind.Integer) => Holds(op, left.RawInteger.CompareTo(right.RawInteger)),
        (FlowKind.Integer, FlowKind.Double) => Holds(op, Comparison.Compare(left.RawInteger, right.RawDouble)),
        (FlowKind.Double, FlowKind.Integer) =>
            Comparison.Compare(right.RawInteger, left.RawDouble) is not 2 and var order && Holds(op, -order),
        (FlowKind.Double, FlowKind.Double) => Holds(op, left.RawDouble, right.RawDouble),
        (FlowKind.String, FlowKind.String) => Holds(op, Comparison.CompareTexts(left.AsText(), right.AsText())),
        _ => throw FlowError.Type(
            $"{Precedences.SignOf(op)} is not defined for {KindNames.Of(left)} and {KindNames.Of(right)}"),
    };

    /// <summary>Whether an order (-1, 0, 1; 2 for none) is what the operator asks.</summary>
    private static bool Holds(BinaryOperator op, int order) => op switch
    {
        BinaryOperator.Equal => order == 0,
        BinaryOperator.NotEqual => order != 0,
        BinaryOperator.Less => order < 0,
        BinaryOperator.LessOrEqual => order <= 0,
        BinaryOperator.Greater => order == 1,
        BinaryOperator.GreaterOrEqual => order is 0 or 1,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static bool Holds(BinaryOperator op, double left, double right) => op switch
    {
        BinaryOperator.Less => left < right,
        BinaryOperator.LessOrEqual => left <= right,
        BinaryOperator.Greater => left > right,
        BinaryOperator.GreaterOrEqual => left >= right,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

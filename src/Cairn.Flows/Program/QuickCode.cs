using Cairn.Flows.Expressions;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>
/// The two expressions that loops are made of, without a walk over their nodes where they meet plain integers; anything
/// else goes the general way.
/// </summary>
internal static class QuickCode
{
    /// <summary>The quick form of an expression, or the general one.</summary>
    /// <param name="syntax">The expression.</param>
    /// <param name="slotOf">The place of a variable of the own frame, or -1.</param>
    /// <param name="general">Its code.</param>
    public static Code Of(Expr syntax, Func<string, int> slotOf, Code general)
    {
        if (syntax is not Expr.Binary { Left: Expr.Identifier left } binary
            || slotOf(left.Name) is not (>= 0 and var slot))
            return general;
        var literal = binary.Right is Expr.Literal { Value.Kind: FlowKind.Integer } number
            ? number.Value.AsInteger()
            : (long?)null;
        return binary.Operator switch
        {
            BinaryOperator.Add when literal is { } more => new Code.Counted(slot, more, general),
            BinaryOperator.Subtract when literal is > long.MinValue and { } less =>
                new Code.Counted(slot, -less, general),
            BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual
                or BinaryOperator.Equal or BinaryOperator.NotEqual => Compared(binary, slot, literal, slotOf, general),
            _ => general,
        };
    }

    private static Code Compared(
        Expr.Binary binary, int left, long? literal, Func<string, int> slotOf, Code general)
    {
        if (literal is { } number)
            return new Code.Compared(binary.Operator, left, -1, number, general);
        return binary.Right is Expr.Identifier right && slotOf(right.Name) is >= 0 and var slot
            ? new Code.Compared(binary.Operator, left, slot, 0, general)
            : general;
    }
}

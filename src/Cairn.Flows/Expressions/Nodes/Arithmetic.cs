using Cairn.Flows.Values;

namespace Cairn.Flows.Expressions.Nodes;

/// <summary>
/// The operators on every pair of kinds (spec/workflows.md 2.4). Integers are checked: what does not fit raises
/// ValueError. A result made from a secret keeps its mark.
/// </summary>
internal static class Arithmetic
{
    public static FlowValue Apply(BinaryOperator op, FlowValue left, FlowValue right, Evaluation evaluation)
    {
        if (!left.IsTagged && !right.IsTagged)
            return ApplyPlain(op, left, right, evaluation);
        var result = ApplyPlain(op, left.Plain, right.Plain, evaluation);
        if (right.Secret is { } other)
            return result.WithSecret(SecretMarks.Join(left.Secret, other));
        return left.Secret is { } secret ? result.WithSecret(secret) : result;
    }

    public static FlowValue Negate(FlowValue value)
    {
        var result = value.Kind switch
        {
            FlowKind.Integer when value.AsInteger() == long.MinValue => throw Overflow("-"),
            FlowKind.Integer => FlowValue.Of(-value.AsInteger()),
            FlowKind.Double => FlowValue.Of(-value.AsDouble()),
            _ => throw FlowError.Type($"- is not defined for {KindNames.Of(value)}"),
        };
        return value.Secret is { } secret ? result.WithSecret(secret) : result;
    }

    private static FlowValue ApplyPlain(BinaryOperator op, FlowValue left, FlowValue right, Evaluation evaluation)
    {
        var (a, b) = (left.Kind, right.Kind);
        if (a == FlowKind.Integer && b == FlowKind.Integer)
            return Integers(op, left.RawInteger, right.RawInteger);
        if (IsNumber(a) && IsNumber(b))
            return Doubles(op, left.AsDouble(), right.AsDouble());
        if (op == BinaryOperator.Add)
            return Concatenate(left, right, evaluation);
        throw Undefined(op, left, right);
    }

    private static bool IsNumber(FlowKind kind) => kind is FlowKind.Integer or FlowKind.Double;

    private static FlowValue Integers(BinaryOperator op, long left, long right)
    {
        try
        {
            checked
            {
                return op switch
                {
                    BinaryOperator.Add => FlowValue.Of(left + right),
                    BinaryOperator.Subtract => FlowValue.Of(left - right),
                    BinaryOperator.Multiply => FlowValue.Of(left * right),
                    BinaryOperator.Divide => FlowValue.Of((double)left / NotZero(right)),
                    BinaryOperator.FloorDivide => FlowValue.Of(FloorDivide(left, NotZero(right))),
                    BinaryOperator.Remainder => FlowValue.Of(right == -1 ? 0 : Remainder(left, NotZero(right))),
                    _ => throw new System.Diagnostics.UnreachableException(),
                };
            }
        }
        catch (OverflowException)
        {
            throw Overflow(Precedences.SignOf(op));
        }
    }

    private static FlowValue Doubles(BinaryOperator op, double left, double right) => FlowValue.Of(op switch
    {
        BinaryOperator.Add => left + right,
        BinaryOperator.Subtract => left - right,
        BinaryOperator.Multiply => left * right,
        BinaryOperator.Divide => left / NotZero(right),
        BinaryOperator.FloorDivide => FloorDivide(left, NotZero(right)),
        BinaryOperator.Remainder => Remainder(left, NotZero(right)),
        _ => throw new System.Diagnostics.UnreachableException(),
    });

    private static long FloorDivide(long left, long right)
    {
        var quotient = checked(left / right);
        return left % right != 0 && left < 0 != right < 0 ? quotient - 1 : quotient;
    }

    private static long Remainder(long left, long right)
    {
        var remainder = left % right;
        return remainder != 0 && remainder < 0 != right < 0 ? remainder + right : remainder;
    }

    /// <summary>The floor of the true quotient, which the rounded quotient may miss by one.</summary>
    private static double FloorDivide(double left, double right)
    {
        var remainder = left % right;
        if (!double.IsFinite(remainder) || !double.IsFinite(right))
            return Math.Floor(left / right);
        var quotient = (left - remainder) / right;
        if (remainder != 0 && remainder < 0 != right < 0)
            quotient -= 1;
        return Math.Round(quotient);
    }

    private static double Remainder(double left, double right)
    {
        var remainder = left % right;
        return remainder != 0 && remainder < 0 != right < 0 ? remainder + right : remainder;
    }

    private static T NotZero<T>(T divisor)
        where T : System.Numerics.INumber<T> =>
        T.IsZero(divisor) ? throw FlowError.Of(FlowTags.ZeroDivision, "division by zero") : divisor;

    private static FlowValue Concatenate(FlowValue left, FlowValue right, Evaluation evaluation)
    {
        var isText = IsText(left, evaluation) || IsText(right, evaluation);
        if (!isText || TextOf(left, evaluation) is not { } a || TextOf(right, evaluation) is not { } b)
            throw Undefined(BinaryOperator.Add, left, right);
        FlowBounds.CheckLength((long)a.Length + b.Length);
        if (a.Length + b.Length > 256)
            evaluation.Spend(a.Length + b.Length);
        return FlowValue.Of(string.Concat(a, b));
    }

    private static bool IsText(FlowValue value, Evaluation evaluation) =>
        value.Kind == FlowKind.String || (value.Kind == FlowKind.Bytes && evaluation.IsLenient);

    /// <summary>The text of a scalar beside a text (the table of 2.4); null for what has none.</summary>
    public static string? TextOf(FlowValue value, Evaluation evaluation) => value.Kind switch
    {
        FlowKind.String => value.AsText(),
        FlowKind.Integer => value.AsInteger().ToString(),
        FlowKind.Double => NumberText.Of(value.AsDouble()),
        FlowKind.Boolean => value.AsBoolean() ? "true" : "false",
        FlowKind.Bytes when evaluation.IsLenient => BytesText.Of(value.AsBytes().Span),
        _ => null,
    };

    public static FlowError Undefined(BinaryOperator op, FlowValue left, FlowValue right) => FlowError.Type(
        $"{Precedences.SignOf(op)} is not defined for {KindNames.Of(left)} and {KindNames.Of(right)}");

    private static FlowError Overflow(string sign) =>
        FlowError.OfValue($"the result of {sign} does not fit into an integer of 64 bits");
}

using Cairn.Flows.Expressions;
using Cairn.Flows.Program.Ops;
using Cairn.Flows.Values;

namespace Cairn.Flows.Compiling;

/// <summary>
/// Takes the calls that wait out of one expression: each becomes an operation before it, and a place that holds its
/// value takes its place. What is evaluated before such a call is evaluated, and kept, before it.
/// </summary>
internal sealed class CallLifter(
    ValueCompiler values, CallTable calls, CallCompiler compiler, PlacedExpression read, CodePoint at)
{
    private readonly bool _isLenient = calls.IsLenient;

    /// <summary>The expression without calls that wait.</summary>
    public Expr Lift(Expr syntax)
    {
        if (!calls.Waits(syntax))
            return syntax;
        return syntax switch
        {
            Expr.Binary { Operator: BinaryOperator.And or BinaryOperator.Or } logic when calls.Waits(logic.Right) =>
                Logic(logic),
            Expr.Conditional choice when calls.Waits(choice.Then) || calls.Waits(choice.Else) =>
                Choice(choice.Condition, choice.Then, choice.Else, Decided),
            Expr.Call { Function: "if", Arguments: [var condition, var then, var other] } choice
                when _isLenient && (calls.Waits(then) || calls.Waits(other)) =>
                Choice(condition, then, other, test => choice with { Arguments = [test, True(test), False(test)] }),
            Expr.Call { Function: "default", Arguments: [var value, var fallback] } choice
                when _isLenient && calls.Waits(fallback) => Default(choice, value, fallback),
            _ => Eager(syntax),
        };
    }

    /// <summary>An expression all parts of which are evaluated, in order.</summary>
    private Expr Eager(Expr syntax)
    {
        var parts = syntax.Parts(_isLenient);
        var last = parts.Count - 1;
        while (last >= 0 && !calls.Waits(parts[last].Expression))
            last--;
        var lifted = parts.Select(static part => part.Expression).ToList();
        for (var i = 0; i <= last; i++)
            lifted[i] = i < last ? Kept(Lift(lifted[i]), syntax) : Lift(lifted[i]);
        var result = syntax.WithParts(lifted);
        if (result is not Expr.Call call || !calls.Waits(call.Function))
            return result;
        var slot = at.Temporary();
        compiler.Lifted(call, read, values, at, new SlotAddress(0, slot));
        return Hole(slot, syntax);
    }

    private Expr.Hole Logic(Expr.Binary logic)
    {
        var isAnd = logic.Operator == BinaryOperator.And;
        var neutral = isAnd ? True(logic) : False(logic);
        var slot = at.Temporary();
        Assign(slot, logic with { Left = Lift(logic.Left), Right = neutral });
        var (right, end) = (new LabelOp(), new LabelOp());
        Branch(slot, logic, isAnd ? right : end, isAnd ? end : right);
        at.Sequence.Mark(right);
        Assign(slot, logic with { Left = neutral, Right = Lift(logic.Right) });
        at.Sequence.Mark(end);
        return Hole(slot, logic);
    }

    private Expr.Hole Choice(Expr condition, Expr then, Expr other, Func<Expr, Expr> decide)
    {
        var slot = at.Temporary();
        Assign(slot, decide(Lift(condition)));
        var (first, second, end) = (new LabelOp(), new LabelOp(), new LabelOp());
        Branch(slot, condition, first, second);
        at.Sequence.Mark(first);
        Assign(slot, Lift(then));
        at.Sequence.Jump(end, at.Sequence.Depth);
        at.Sequence.Mark(second);
        Assign(slot, Lift(other));
        at.Sequence.Mark(end);
        return Hole(slot, condition);
    }

    private Expr.Hole Default(Expr.Call call, Expr value, Expr fallback)
    {
        var slot = at.Temporary();
        Assign(slot, call with { Arguments = [Lift(value), new Expr.Literal(FlowValue.Null, value.Span)] });
        var test = at.Temporary();
        var isNull = new Expr.Binary(
            BinaryOperator.Equal, Hole(slot, value), new Expr.Literal(FlowValue.Null, value.Span), value.Span,
            value.Span);
        Assign(test, isNull);
        var (second, end) = (new LabelOp(), new LabelOp());
        Branch(test, value, second, end);
        at.Sequence.Mark(second);
        Assign(slot, Lift(fallback));
        at.Sequence.Mark(end);
        return Hole(slot, call);
    }

    /// <summary>Goes to one label when a place holds true, else to the other.</summary>
    private void Branch(int slot, Expr syntax, LabelOp then, LabelOp other)
    {
        at.Sequence.Emit(new BranchOp(values.Pure(read, Hole(slot, syntax), at)) { Then = then });
        at.Sequence.Jump(other, at.Sequence.Depth);
    }

    private void Assign(int slot, Expr syntax) =>
        at.Sequence.Emit(new AssignOp(slot, values.Pure(read, syntax, at)));

    /// <summary>The value of a part as it is now.</summary>
    private Expr Kept(Expr part, Expr around)
    {
        if (part is Expr.Literal or Expr.Hole)
            return part;
        // A variable without a value reads as null in these places (T11): also when it is read early.
        var isGuarded = _isLenient && part is Expr.Identifier
            && around is Expr.Call { Function: "default" or "if" }
                or Expr.Binary { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual };
        var value = isGuarded
            ? new Expr.Call("default", [part, new Expr.Literal(FlowValue.Null, part.Span)], part.Span, part.Span)
            : part;
        var slot = at.Temporary();
        Assign(slot, value);
        return Hole(slot, part);
    }

    private static Expr Decided(Expr condition) =>
        new Expr.Conditional(condition, True(condition), False(condition), condition.Span);

    private static Expr.Literal True(Expr at) => new(FlowValue.True, at.Span);

    private static Expr.Literal False(Expr at) => new(FlowValue.False, at.Span);

    private static Expr.Hole Hole(int slot, Expr at) => new(new SlotAddress(0, slot), at.Span);
}

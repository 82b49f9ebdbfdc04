using Cairn.Graphs.Templates.Lexing;
using Cairn.Graphs.Templates.Rendering;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Syntax;

/// <summary><c>a op b</c> for arithmetic.</summary>
internal sealed class BinaryExpr(string op, Expr left, Expr right, Place place) : Expr(place)
{
    public override string Kind => op switch
    {
        "+" => "add",
        "-" => "sub",
        "*" => "mul",
        "/" => "div",
        "//" => "floordiv",
        "%" => "mod",
        _ => "pow",
    };

    public override IEnumerable<Expr> Parts => [left, right];

    public override PyValue Evaluate(Run run, Scope scope)
    {
        var x = left.Evaluate(run, scope);
        var y = right.Evaluate(run, scope);
        run.Fuel.Spend();
        run.At = Place;
        return op switch
        {
            "+" => Arithmetic.Add(x, y, run.Fuel),
            "-" => Arithmetic.Subtract(x, y),
            "*" => Arithmetic.Multiply(x, y, run.Fuel),
            "/" => Arithmetic.Divide(x, y),
            "//" => Arithmetic.FloorDivide(x, y),
            "%" => Arithmetic.Modulo(x, y, run),
            _ => Power.Raise(x, y, run.Fuel),
        };
    }
}

/// <summary><c>a and b</c>, <c>a or b</c>: one of the operands, not a truth value.</summary>
internal sealed class LogicExpr(bool isAnd, Expr left, Expr right, Place place) : Expr(place)
{
    public bool IsAnd => isAnd;

    public Expr Left => left;

    public Expr Right => right;

    public override string Kind => isAnd ? "and" : "or";

    public override IEnumerable<Expr> Parts => [left, right];

    public override PyValue Evaluate(Run run, Scope scope)
    {
        run.Fuel.Spend();
        var value = left.Evaluate(run, scope);
        run.At = Place;
        return value.Truth() == isAnd ? right.Evaluate(run, scope) : value;
    }
}

/// <summary><c>not a</c>.</summary>
internal sealed class NotExpr(Expr operand, Place place) : Expr(place)
{
    public override string Kind => "not";

    public override IEnumerable<Expr> Parts => [operand];

    public override PyValue Evaluate(Run run, Scope scope)
    {
        run.Fuel.Spend();
        var value = operand.Evaluate(run, scope);
        run.At = Place;
        return !value.Truth();
    }
}

/// <summary><c>-a</c>, <c>+a</c>.</summary>
internal sealed class SignExpr(bool isMinus, Expr operand, Place place) : Expr(place)
{
    public override string Kind => isMinus ? "neg" : "pos";

    public override IEnumerable<Expr> Parts => [operand];

    public override PyValue Evaluate(Run run, Scope scope)
    {
        run.Fuel.Spend();
        var value = operand.Evaluate(run, scope);
        run.At = Place;
        return isMinus ? Arithmetic.Negate(value) : Arithmetic.Plus(value);
    }
}

/// <summary><c>a &lt; b == c in d</c>: Python's chains, each operand evaluated once.</summary>
internal sealed class CompareExpr(Expr first, List<(string Op, Expr Operand)> rest, Place place) : Expr(place)
{
    public override string Kind => "compare";

    public Expr First => first;

    public IReadOnlyList<(string Op, Expr Operand)> Rest => rest;

    public override IEnumerable<Expr> Parts => rest.Select(static part => part.Operand).Prepend(first);

    public static bool Holds(string op, PyValue left, PyValue right, Fuel fuel) => op switch
    {
        "==" => Comparison.Equal(left, right, fuel),
        "!=" => !Comparison.Equal(left, right, fuel),
        "in" => right.Contains(left, fuel),
        "not in" => !right.Contains(left, fuel),
        _ => Comparison.Ordered(op, left, right, fuel),
    };

    public override PyValue Evaluate(Run run, Scope scope)
    {
        var left = first.Evaluate(run, scope);
        foreach (var (op, operand) in rest)
        {
            var right = operand.Evaluate(run, scope);
            run.Fuel.Spend();
            run.At = Place;
            if (!Holds(op, left, right, run.Fuel))
                return PyBool.False;
            left = right;
        }

        return PyBool.True;
    }
}

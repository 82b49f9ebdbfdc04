using Cairn.Graphs.Templates.Filters;
using Cairn.Graphs.Templates.Rendering;
using Cairn.Graphs.Templates.Syntax;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Binding;

/// <summary>
/// The original computes constant parts of expressions while it compiles. Most failures there are left to the rendering;
/// those of and, or, ~, inline if and dict literals end the compilation, even in a branch that would never run. This
/// check fails for the same templates.
/// </summary>
internal sealed class ConstantCheck(bool autoescape)
{
    private const int Steps = 20_000;
    private const int Characters = 200_000;
    private static readonly Scope Nowhere = new(0, null, null!);

    /// <summary>Filters that need the context are never computed early, which they need not be for this check either.</summary>
    private static readonly string[] LateFilters = ["map", "select", "reject", "selectattr", "rejectattr", "random"];

    private readonly Dictionary<Expr, PyValue> known = new(ReferenceEqualityComparer.Instance);
    private readonly Run run = new(new Fuel(Steps, Characters)) { Autoescape = autoescape };

    /// <summary>An expression that is printed: computed whole where that works, and otherwise checked.</summary>
    public void CheckPrinted(Expr expr)
    {
        try
        {
            if (Value(expr)?.Str(run.Fuel) is not null)
                return;
        }
        catch (PyException)
        {
            // Printing looks at its parts then, as below.
        }

        Check(expr);
    }

    /// <summary>Checks an expression from the outermost operator that the original's optimizer begins at.</summary>
    public void Check(Expr expr)
    {
        if (expr is NameExpr or ConstExpr)
            return;
        if (expr is TupleExpr or ListExpr or DictExpr)
        {
            foreach (var part in expr.Parts)
                Check(part);
        }
        else
        {
            Fold(expr);
        }
    }

    /// <summary>The parts first, then the whole.</summary>
    private void Fold(Expr expr)
    {
        foreach (var part in expr.Parts)
            Fold(part);
        Value(expr);
    }

    /// <summary>The value of a constant expression; null where it is not constant.</summary>
    private PyValue? Value(Expr expr)
    {
        if (expr is ConstExpr constant)
            return constant.Value;
        if (known.TryGetValue(expr, out var value))
            return value;
        value = Compute(expr);
        if (value is not null)
            known.Add(expr, value);
        return value;
    }

    private PyValue? Compute(Expr expr)
    {
        switch (expr)
        {
            case LogicExpr logic:
                return Value(logic.Left) is not { } left ? null : Truth(left, expr) == logic.IsAnd ? Value(logic.Right) : left;
            case ConditionExpr condition:
                if (Value(condition.Test) is not { } test)
                    return null;
                return Truth(test, expr) ? Value(condition.Then)
                    : condition.Otherwise is null ? null : Value(condition.Otherwise);
            case ConcatExpr:
                return Joined(expr);
        }

        if (!IsEarly(expr) || !expr.Parts.All(part => Value(part) is not null))
            return null;
        try
        {
            return expr.Evaluate(run, Nowhere);
        }
        catch (PyException error) when (error.Kind is PyErrorKind.FuelExhausted or PyErrorKind.Refused
            || expr is not DictExpr)
        {
            return null;
        }
    }

    /// <summary>Each part is made text before the next one is looked at.</summary>
    private PyValue? Joined(Expr expr)
    {
        foreach (var part in expr.Parts)
        {
            if (Value(part) is not { } value)
                return null;
            run.At = expr.Place;
            value.Str(run.Fuel);
        }

        return expr.Evaluate(run, Nowhere);
    }

    private bool Truth(PyValue value, Expr expr)
    {
        run.At = expr.Place;
        return value.Truth();
    }

    private static bool IsEarly(Expr expr) => expr switch
    {
        NameExpr or CallExpr or SliceExpr => false,
        FilterExpr filter => filter.HasValue && FilterTable.Find(filter.Name) is not null
            && !LateFilters.Contains(filter.Name, StringComparer.Ordinal),
        TestExpr test => TestTable.Find(test.Name) is not null,
        _ => true,
    };
}

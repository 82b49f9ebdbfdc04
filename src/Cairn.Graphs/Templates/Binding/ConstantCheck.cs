using Cairn.Graphs.Templates.Filters;
using Cairn.Graphs.Templates.Rendering;
using Cairn.Graphs.Templates.Syntax;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Binding;

/// <summary>
/// The original computes constant parts of expressions while it compiles. Most failures there are left to the
/// rendering;
/// those of and, or, ~, inline if and dict literals end the compilation, even in a branch that would never run. This
/// check fails for the same templates.
/// </summary>
/// <param name="autoescape">Whether the text around it is escaped.</param>
/// <param name="isVolatile">Whether that is settled at run time only: filters and tests are left to it then.</param>
internal sealed class ConstantCheck(bool autoescape, bool isVolatile = false)
{
    private const int Steps = 20_000;
    private const int Characters = 200_000;
    private static readonly Scope Nowhere = new(0, null, null!);

    /// <summary>Filters that need the context are never computed early, which they need not be for this check
    /// either.</summary>
    private static readonly string[] LateFilters = ["map", "select", "reject", "selectattr", "rejectattr", "random"];

    private readonly Dictionary<Expr, PyValue> known = new(ReferenceEqualityComparer.Instance);
    private readonly List<ElementExpr> assumed = [];
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

    /// <summary>The text of a printed constant, escaped by what is known early; null where it is none.</summary>
    public string? Printed(Expr expr)
    {
        try
        {
            var value = Value(expr);
            return autoescape && value is not null ? PyMarkup.Escape(value, run.Fuel).Value : value?.Str(run.Fuel);
        }
        catch (PyException)
        {
            return null;
        }
    }

    /// <summary>Forgets what was assumed of parts; call it when the check is done.</summary>
    public void Release() => assumed.ForEach(static element => element.Assumed = null);

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
        // An iterator is made anew for each who asks: read once it is empty.
        if (value is not (null or PyIterator))
            known.Add(expr, value);
        return value;
    }

    private PyValue? Compute(Expr expr)
    {
        switch (expr)
        {
            case LogicExpr logic:
                return Value(logic.Left) is not { } left ? null : Truth(left, expr) == logic.IsAnd ? Value(logic.Right)
                    : left;
            case ConditionExpr condition:
                if (Value(condition.Test) is not { } test)
                    return null;
                return Truth(test, expr) ? Value(condition.Then)
                    : condition.Otherwise is null ? null : Value(condition.Otherwise);
            case ConcatExpr:
                return Joined(expr);
            case CompareExpr compare:
                return Compared(compare);
            case ElementExpr { Key: SliceExpr slice } element:
                return Sliced(element, slice);
        }

        if (!IsEarly(expr) || !expr.Parts.All(part => Value(part) is not null))
            return null;
        try
        {
            var value = expr.Evaluate(run, Nowhere);
            if (value is PyIterator)
                return value;
            if (assumed.Count > 0 && expr is FilterExpr filter)
                filter.Known = value;
            else if (assumed.Count > 0 && expr is TestExpr test)
                test.Known = value;
            return value;
        }
        catch (PyException error) when (error.Kind is PyErrorKind.FuelExhausted or PyErrorKind.Refused
            || expr is not DictExpr)
        {
            return null;
        }
    }

    /// <summary>A slice of what has none is undefined here, though it raises at run time.</summary>
    private PyValue? Sliced(ElementExpr element, SliceExpr slice)
    {
        if (Value(element.Target) is not { } target || !slice.Parts.All(part => Value(part) is not null))
            return null;
        var bounds = slice.Bounds(run, Nowhere);
        try
        {
            return target.Slice(bounds, run.Fuel);
        }
        catch (PyException error) when (error.Kind == PyErrorKind.TypeError)
        {
            var type = target is PyNone ? "None" : target.QualifiedName + " object";
            element.Assumed = PyUndefined.Hinted($"{type} has no element {bounds.Repr(run.Fuel)}");
            assumed.Add(element);
            return element.Assumed;
        }
        catch (PyException)
        {
            return null;
        }
    }

    /// <summary>A chain that fails early does not look at what comes later, nor at its mistakes.</summary>
    private PyValue? Compared(CompareExpr compare)
    {
        if (Value(compare.First) is not { } left)
            return null;
        try
        {
            foreach (var (op, operand) in compare.Rest)
            {
                if (Value(operand) is not { } right)
                    return null;
                if (!CompareExpr.Holds(op, left, right, run.Fuel))
                    return PyBool.False;
                left = right;
            }
        }
        catch (PyException)
        {
            return null;
        }

        return PyBool.True;
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

    private bool IsEarly(Expr expr) => expr switch
    {
        NameExpr or CallExpr or SliceExpr => false,
        FilterExpr or TestExpr when isVolatile => false,
        FilterExpr filter => filter.HasValue && FilterTable.Find(filter.Name) is not null
            && !LateFilters.Contains(filter.Name, StringComparer.Ordinal),
        TestExpr test => TestTable.Find(test.Name) is not null,
        _ => true,
    };
}

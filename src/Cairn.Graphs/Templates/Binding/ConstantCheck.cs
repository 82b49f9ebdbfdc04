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

    private readonly Run run = new(new Fuel(Steps, Characters)) { Autoescape = autoescape };

    /// <summary>Checks an expression from the outermost operator that the original's optimizer begins at.</summary>
    public void Check(Expr expr)
    {
        if (expr is TupleExpr or ListExpr or DictExpr)
        {
            foreach (var part in expr.Parts)
                Check(part);
        }
        else if (expr is not (NameExpr or ConstExpr))
        {
            Value(expr);
        }
    }

    /// <summary>The value of a constant expression; null where it is not constant.</summary>
    private PyValue? Value(Expr expr)
    {
        if (expr is ConstExpr constant)
            return constant.Value;
        if (expr is NameExpr)
            return null;
        var parts = expr.Parts.Select(Value).ToArray();
        if (expr is LogicExpr or ConditionExpr)
            return Branch(expr, parts);
        if (Array.Exists(parts, static part => part is null) || !IsEarly(expr))
            return null;
        try
        {
            return expr.Evaluate(run, Nowhere);
        }
        catch (PyException error) when (error.Kind is PyErrorKind.FuelExhausted or PyErrorKind.Refused
            || expr is not (DictExpr or ConcatExpr))
        {
            return null;
        }
    }

    private static bool IsEarly(Expr expr) => expr switch
    {
        CallExpr or SliceExpr => false,
        FilterExpr filter => filter.HasValue && FilterTable.Find(filter.Name) is not null
            && !LateFilters.Contains(filter.Name, StringComparer.Ordinal),
        TestExpr test => TestTable.Find(test.Name) is not null,
        _ => true,
    };

    private PyValue? Branch(Expr expr, PyValue?[] parts)
    {
        if (parts[0] is not { } first)
            return null;
        run.At = expr.Place;
        if (expr is LogicExpr logic)
            return first.Truth() == logic.IsAnd ? parts[1] : first;
        return first.Truth() ? parts[1] : parts.ElementAtOrDefault(2);
    }
}

using Cairn.Flows.Expressions;
using Cairn.Flows.Sources;
using Place = Cairn.Flows.Sources.SourceSpan;
using Span = Cairn.Flows.Expressions.SourceSpan;

namespace Cairn.Flows.Compiling;

/// <summary>An expression where it stands in the source.</summary>
/// <param name="Scalar">The scalar that holds it.</param>
/// <param name="Start">Where its text begins within the scalar's.</param>
/// <param name="Text">Its text.</param>
/// <param name="Syntax">What it says.</param>
internal sealed record PlacedExpression(SourceNode.Scalar Scalar, int Start, string Text, Expr Syntax);

/// <summary>Reads the expressions of a source, and puts what is wrong in them where their author wrote it.</summary>
internal sealed class ExpressionReader(SourceText source, Findings findings)
{
    private const int LengthCeiling = 400;

    /// <summary>
    /// The expression of a scalar; null for a literal and for a broken expression, which the findings have then.
    /// </summary>
    public PlacedExpression? Read(SourceNode.Scalar scalar, string where, out bool isBroken)
    {
        isBroken = false;
        if (!scalar.IsText || EmbeddedExpression.Find(scalar.Text) is not { } span)
            return null;
        var text = scalar.Text.Substring(span.Start, span.Length);
        if (text.Length > LengthCeiling)
            findings.Limit(
                "T02", scalar.Span, $"{where}: an expression of {text.Length} characters, the original takes at most "
                + $"{LengthCeiling}", "split it over several assignments");
        var read = Parse(scalar, span.Start, text, where);
        isBroken = read is null;
        return read;
    }

    /// <summary>Reads a text that is an expression without `${}`: the target of an assignment.</summary>
    public PlacedExpression? ReadBare(SourceNode.Scalar scalar, string where) => Parse(scalar, 0, scalar.Text, where);

    /// <summary>Notes what is wrong in an expression.</summary>
    public void Report(PlacedExpression at, ExpressionFault fault, string where) =>
        Report(at.Scalar, at.Start, fault, where);

    /// <summary>Notes what was tolerated in an expression.</summary>
    public void Report(PlacedExpression at, Leniency form, string where) =>
        findings.Warn(form.Rule, PlaceOf(at.Scalar, at.Start, form.Span), $"{where}: {form.Message}");

    /// <summary>Whether a scalar is an expression, broken or not.</summary>
    public static bool IsExpression(SourceNode.Scalar scalar) =>
        scalar.IsText && EmbeddedExpression.Find(scalar.Text) is not null;

    /// <summary>The expression of a scalar, for a first look: nothing is noted.</summary>
    public Expr? Peek(SourceNode.Scalar scalar) => EmbeddedExpression.Find(scalar.Text) is { } span
        ? ExpressionParser.Parse(scalar.Text.Substring(span.Start, span.Length), findings.IsLenient).Expression
        : null;

    /// <summary>Where a variable is first named in an expression.</summary>
    public Place PlaceOf(PlacedExpression at, string variable) =>
        Find(at.Syntax, variable) is { } name ? PlaceOf(at, name.Span) : at.Scalar.Span;

    private Expr.Identifier? Find(Expr syntax, string variable) => syntax is Expr.Identifier name
        ? (name.Name == variable ? name : null)
        : syntax.Parts(findings.IsLenient).Select(part => Find(part.Expression, variable))
            .FirstOrDefault(found => found is not null);

    /// <summary>Where a part of an expression stands.</summary>
    public Place PlaceOf(PlacedExpression at, Span span) => PlaceOf(at.Scalar, at.Start, span);

    private PlacedExpression? Parse(SourceNode.Scalar scalar, int start, string text, string where)
    {
        var isPlain = scalar.Style != ScalarStyle.DoubleQuoted;
        var outcome = ExpressionParser.Parse(text, findings.IsLenient, isPlain);
        if (outcome.Expression is not { } syntax)
        {
            Report(scalar, start, outcome.Fault!, where);
            return null;
        }

        var placed = new PlacedExpression(scalar, start, text, syntax);
        foreach (var form in outcome.Tolerated)
            Report(placed, form, where);
        return placed;
    }

    private void Report(SourceNode.Scalar scalar, int start, ExpressionFault fault, string where) =>
        findings.Error(PlaceOf(scalar, start, fault.Span), $"{where}: {fault.Message}", fault.Hint);

    private Place PlaceOf(SourceNode.Scalar scalar, int start, Span span) =>
        ScalarPlaces.Of(source, scalar, start + span.Start, span.Length);
}

namespace Cairn.Flows.Expressions;

/// <summary>An expression, or why there is none.</summary>
/// <param name="Expression">The syntax; null with a fault.</param>
/// <param name="Fault">The first thing that is wrong; null without.</param>
/// <param name="Tolerated">What only leniency accepted.</param>
public sealed record ExpressionOutcome(Expr? Expression, ExpressionFault? Fault, IReadOnlyList<Leniency> Tolerated);

namespace Cairn.Flows.Expressions;

/// <summary>Code for an expression, or all that is wrong with it.</summary>
/// <param name="Code">Null with faults.</param>
/// <param name="Faults">Unknown names and functions, wrong numbers of arguments.</param>
/// <param name="Tolerated">Functions that only leniency provides.</param>
public sealed record CompiledExpression(
    ExpressionCode? Code, IReadOnlyList<ExpressionFault> Faults, IReadOnlyList<Leniency> Tolerated);

using Cairn.Flows.Expressions;

namespace Cairn.Flows.Compiling;

/// <summary>Puts other parts into an expression.</summary>
internal static class ExprParts
{
    /// <summary>
    /// The same expression with these direct parts, as many and in the order as <see cref="Expr.Parts"/> gives them.
    /// </summary>
    public static Expr WithParts(this Expr syntax, IReadOnlyList<Expr> parts) => syntax switch
    {
        Expr.Literal or Expr.Identifier or Expr.Hole => syntax,
        Expr.ListOf list => list with { Items = parts },
        Expr.MapOf map => map with
        {
            Entries = [.. map.Entries.Zip(parts, static (entry, part) => entry with { Value = part })],
        },
        Expr.Unary unary => unary with { Operand = parts[0] },
        Expr.Binary binary => binary with { Left = parts[0], Right = parts[1] },
        Expr.LooseNot loose => loose with { Left = parts[0], Right = parts[1] },
        Expr.Conditional choice => choice with { Condition = parts[0], Then = parts[1], Else = parts[2] },
        Expr.Member member => member with { Target = parts[0] },
        Expr.Index index => index with { Target = parts[0], At = parts[1] },
        Expr.Call call => call with { Arguments = parts },
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

using Cairn.Flows.Expressions;

namespace Cairn.Flows.Tests.Expressions;

/// <summary>An expression as nested lists, without its places.</summary>
internal static class Shape
{
    public static string Of(Expr expression) => expression switch
    {
        Expr.Literal literal => $"{literal.Value.Kind}:{literal.Value}",
        Expr.Identifier identifier => identifier.Name,
        Expr.Hole hole => $"{hole.Slot}",
        Expr.ListOf list => $"(list {All(list.Items)})",
        Expr.MapOf map => $"(map {string.Join(' ', map.Entries.Select(entry => $"{entry.Key}={Of(entry.Value)}"))})",
        Expr.Unary unary => $"({unary.Operator} {Of(unary.Operand)})",
        Expr.Binary binary => $"({binary.Operator} {Of(binary.Left)} {Of(binary.Right)})",
        Expr.LooseNot loose => $"(not? {loose.Operator} {Of(loose.Left)} {Of(loose.Right)})",
        Expr.Conditional choice => $"(? {Of(choice.Condition)} {Of(choice.Then)} {Of(choice.Else)})",
        Expr.Member member => $"(. {Of(member.Target)} {member.Name})",
        Expr.Index index => $"([] {Of(index.Target)} {Of(index.At)})",
        Expr.Call call => $"({call.Function} {All(call.Arguments)})",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string All(IEnumerable<Expr> expressions) => string.Join(' ', expressions.Select(Of));
}

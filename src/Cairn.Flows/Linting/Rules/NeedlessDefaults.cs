using Cairn.Flows.Expressions;
using Cairn.Flows.Linting.Paths;
using Cairn.Flows.Sources;

namespace Cairn.Flows.Linting.Rules;

/// <summary>`default()` around what raises before it is asked, or around what is never null (spec/workflows.md 2.5).</summary>
internal static class NeedlessDefaults
{
    /// <summary>Functions that never give null.</summary>
    private static readonly string[] _neverNull =
    [
        "len", "int", "double", "string", "keys", "get_type", "sys.now", "uuid.generate", "time.format", "time.parse",
        "json.encode", "json.encode_to_string", "base64.encode", "base64.decode", "list.concat", "list.prepend",
        "map.merge", "map.merge_nested", "map.delete", "math.abs", "math.floor", "math.max", "math.min",
    ];

    public static void Check(LintSubject subject)
    {
        foreach (var graph in subject.Graphs)
            foreach (var node in graph.Nodes)
                foreach (var value in node.Reads)
                    foreach (var expression in subject.Expressions(value)) Check(expression, value, node, graph, subject);
    }

    private static void Check(
        Expr expression, SourceNode at, PathNode node, PathGraph graph, LintSubject subject)
    {
        foreach (var call in subject.WithParts(expression).OfType<Expr.Call>())
        {
            if (call is not { Function: "default", Arguments: [var guarded, ..] }) continue;
            if (Why(guarded, expression, subject) is not var (why, hint)) continue;
            subject.Report(
                LintRule.NeedlessDefault, at.Span,
                $"in workflow '{graph.Routine.Name}', step '{node.Step?.Name}': {why}", hint);
        }
    }

    private static (string Why, string Hint)? Why(Expr guarded, Expr whole, LintSubject subject)
    {
        var text = ExpressionPrinter.Print(guarded);
        switch (guarded)
        {
            case Expr.Member member when !subject.IsLenient && !IsTested(member.Name, whole, subject):
                return Access(text, member.Target, member.Name);
            case Expr.Index { At: Expr.Literal { Value.Kind: Values.FlowKind.String } key } index
                when !subject.IsLenient && !IsTested(key.Value.AsText(), whole, subject):
                return Access(text, index.Target, key.Value.AsText());
            case Expr.Literal { Value.Kind: not Values.FlowKind.Null }:
            case Expr.Unary or Expr.ListOf or Expr.MapOf or Expr.Binary or Expr.LooseNot:
                return ($"{text} is never null, default() always gives it", "leave default() out");
            case Expr.Call call when _neverNull.Contains(call.Function) || IsText(call.Function):
                return ($"{call.Function} never gives null, default() always gives its result", "leave default() out");
            default:
                return null;
        }
    }

    private static bool IsText(string function) => function.StartsWith("text.", StringComparison.Ordinal);

    private static (string Why, string Hint) Access(string text, Expr target, string key) =>
        ($"default() does not protect {text}: a missing key raises a KeyError before default() is asked",
            $"write default(map.get({ExpressionPrinter.Print(target)}, \"{key}\"), …)");

    /// <summary>Whether the same expression asks for the key first: `"k" in m and …`.</summary>
    private static bool IsTested(string key, Expr whole, LintSubject subject) =>
        subject.WithParts(whole).OfType<Expr.Binary>().Any(test =>
            test is { Operator: BinaryOperator.In, Left: Expr.Literal { Value.Kind: Values.FlowKind.String } asked }
            && asked.Value.AsText() == key);
}

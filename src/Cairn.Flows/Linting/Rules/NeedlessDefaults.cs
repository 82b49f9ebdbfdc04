using Cairn.Flows.Expressions;
using Cairn.Flows.Linting.Paths;
using Cairn.Flows.Sources;

namespace Cairn.Flows.Linting.Rules;

/// <summary>
/// `default()` around what raises before it is asked, or around what is never null (spec/workflows.md 2.5).
/// </summary>
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
        {
            var keys = KnownKeys(graph);
            foreach (var node in graph.Nodes)
                foreach (var read in node.Reads.SelectMany(subject.Reads)) Check(read, keys, node, graph, subject);
        }
    }

    private static void Check(
        LintRead read, SortedSet<string> keys, PathNode node, PathGraph graph, LintSubject subject)
    {
        foreach (var call in subject.WithParts(read.Expression).OfType<Expr.Call>())
        {
            if (call is not { Function: "default", Arguments: [var guarded, ..] }) continue;
            if (keys.Contains(ExpressionPrinter.Print(guarded))) continue;
            if (Why(guarded, read.Expression, subject) is not var (why, hint)) continue;
            subject.Report(
                LintRule.NeedlessDefault, read.At,
                $"in workflow '{graph.Routine.Name}', step '{node.Step?.Name}': {why}", hint);
        }
    }

    /// <summary>
    /// Members that the flow itself puts there, maybe as null: `m.k` of `m: {k: null}` or of `m.k: x`.
    /// </summary>
    private static SortedSet<string> KnownKeys(PathGraph graph)
    {
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
        {
            if (node.Target is { } target) keys.Add(target.Text.Trim());
            if (node is { Writes: [var name], Reads: [SourceNode.Map map], Call: null })
                keys.UnionWith(map.Entries.Select(entry => $"{name}.{entry.Key.Text}"));
        }

        return keys;
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

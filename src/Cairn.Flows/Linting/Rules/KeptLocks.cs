using Cairn.Flows.Expressions;
using Cairn.Flows.Linting.Paths;
using Cairn.Flows.Sources;
using Cairn.Flows.Syntax;

namespace Cairn.Flows.Linting.Rules;

/// <summary>
/// Objects created with `ifGenerationMatch: 0` that the flow deletes again, or whose name says lock, and that an error
/// leaves behind. A marker, which nobody deletes, is meant to stay.
/// </summary>
internal sealed class KeptLocks(LintSubject subject, PathGraph graph)
{
    private const string Insert = "googleapis.storage.v1.objects.insert";
    private const string Delete = "googleapis.storage.v1.objects.delete";

    public static void Check(LintSubject subject)
    {
        foreach (var graph in subject.Graphs)
        {
            var rule = new KeptLocks(subject, graph);
            foreach (var node in graph.Nodes.Where(IsAcquired)) rule.Check(node);
        }
    }

    private static bool IsAcquired(PathNode node) =>
        node.Call is { Function.Text: Insert } call && CallFacts.Text(call, "ifGenerationMatch") == "0";

    private void Check(PathNode acquired)
    {
        var name = Key(acquired.Call!, "name");
        var saysLock = name.Contains("lock", StringComparison.OrdinalIgnoreCase);
        var isReleased = graph.Nodes.Any(node => Releases(node, name));
        if (!isReleased && !saysLock) return;
        if (Escape(acquired, name) is { } escape)
            Tell(acquired, $"stays when '{escape.Step?.Name}' fails");
        else if (!isReleased)
            Tell(acquired, "is never deleted");
    }

    private void Tell(PathNode acquired, string how) => subject.Report(
        LintRule.LockKept, acquired.Step!.Span,
        $"in workflow '{graph.Routine.Name}', step '{acquired.Step.Name}': the object created with ifGenerationMatch 0 "
        + how,
        "delete it in an except that raises the error again");

    /// <summary>A node whose error leaves the routine while the lock is held; null: there is none.</summary>
    private PathNode? Escape(PathNode acquired, string name)
    {
        var seen = new bool[graph.Nodes.Count];
        var open = new Stack<PathNode>(acquired.Next);
        while (open.TryPop(out var node))
        {
            if (seen[node.Number]) continue;
            seen[node.Number] = true;
            if (Releases(node, name)) continue;
            if (MayFail(node))
            {
                if (node.Handler is null) return node;
                open.Push(node.Handler);
            }

            foreach (var next in node.Next) open.Push(next);
        }

        return null;
    }

    private bool MayFail(PathNode node)
    {
        if (node.Raises) return true;
        if (node.Call is { } call && MayFail(call.Function.Text)) return true;
        return node.Reads.SelectMany(subject.Expressions)
            .SelectMany(expression => expression.Calls(subject.IsLenient))
            .Any(site => MayFail(site.Call.Function));
    }

    private bool MayFail(string function) => CallFacts.IsOutside(function) || Find(function) is not null;

    private bool Releases(PathNode node, string name)
    {
        if (node.Call is not { } call) return false;
        if (call.Function.Text == Delete) return Key(call, "object") == name;
        // A subworkflow that deletes objects is taken at its word.
        return Find(call.Function.Text) is { } called && Deletes(called);
    }

    private Routine? Find(string name) => subject.Document.Routines.FirstOrDefault(routine => routine.Name == name);

    private static bool Deletes(Routine routine) =>
        StepLists.Of(routine.Steps).SelectMany(steps => steps).SelectMany(step => StepLists.Bodies(step.Block))
            .Any(body => body is Body.Call { Function.Text: Delete });

    /// <summary>The name as it is written, without the encoding that paths need.</summary>
    private string Key(Body.Call call, string argument)
    {
        if (CallFacts.Find(call, argument) is not SourceNode.Scalar scalar) return "";
        return subject.Expressions(scalar) switch
        {
            [Expr.Call { Function: "text.url_encode", Arguments: [var inner] }] => ExpressionPrinter.Print(inner),
            [var expression] => ExpressionPrinter.Print(expression),
            _ => scalar.Text,
        };
    }
}

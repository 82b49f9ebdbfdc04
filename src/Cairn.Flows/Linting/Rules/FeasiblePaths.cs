using Cairn.Flows.Expressions;
using Cairn.Flows.Linting.Paths;

namespace Cairn.Flows.Linting.Rules;

/// <summary>
/// Looks for a path that can really be taken: it remembers constants and the outcome of conditions that are asked more
/// than once, so that a path cannot find the same condition true here and false there.
/// </summary>
internal sealed class FeasiblePaths
{
    /// <summary>A search that grows beyond is given up: it finds no path.</summary>
    private const int MostStates = 50_000;

    private readonly LintSubject _subject;
    private readonly PathGraph _graph;

    /// <summary>Names that conditions look at.</summary>
    private readonly SortedSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>Conditions that are asked at several places.</summary>
    private readonly SortedSet<string> _repeated = new(StringComparer.Ordinal);

    public FeasiblePaths(LintSubject subject, PathGraph graph)
    {
        (_subject, _graph) = (subject, graph);
        var once = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var condition in graph.Nodes.Select(ConditionOf).OfType<Expr>())
        {
            _asked.UnionWith(NamesIn(condition));
            var text = ExpressionPrinter.Print(condition);
            if (!once.Add(text)) _repeated.Add(text);
        }
    }

    /// <summary>Whether a path reaches a node without a value in a variable.</summary>
    public bool Reaches(PathNode target, string name)
    {
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<(PathNode Node, PathFacts Facts)>([(_graph.Entry, PathFacts.None)]);
        while (open.TryPop(out var state))
        {
            var (node, facts) = state;
            if (node == target) return true;
            if (!seen.Add($"{node.Number} {facts.Key}")) continue;
            if (seen.Count > MostStates) return false;
            if (node.Handler is { } handler && MayFail(node)) open.Push((handler, facts));
            if (node.Writes.Contains(name) && !node.Forgets.Contains(name)) continue;
            foreach (var next in After(node, facts)) open.Push(next);
        }

        return false;
    }

    private IEnumerable<(PathNode Node, PathFacts Facts)> After(PathNode node, PathFacts facts)
    {
        if (ConditionOf(node) is not { } condition)
        {
            var after = Written(node, facts);
            return node.Next.Select(next => (next, after));
        }

        var known = facts.IsTrue(condition);
        var text = ExpressionPrinter.Print(condition);
        return node.Next
            .Where(next => known is null || known == (next == node.Met))
            .Select(next => (next, _repeated.Contains(text)
                ? facts.With(text, next == node.Met, NamesIn(condition))
                : facts));
    }

    private PathFacts Written(PathNode node, PathFacts facts)
    {
        foreach (var name in node.Forgets.Concat(node.Writes)) facts = facts.Without(name);
        if (node.Target is { } target) facts = facts.Without(AssignedNames.RootOf(target.Text));
        if (node is { Writes: [var written], Reads: [var value], Call: null } && _asked.Contains(written))
            facts = facts.WithConstant(written, _subject.Expressions(value), value);
        return facts;
    }

    private bool MayFail(PathNode node) =>
        node.Raises || node.Call is not null || node.Reads.Any(value => _subject.Expressions(value)
            .Any(expression => expression.Calls(_subject.IsLenient).Any()));

    private Expr? ConditionOf(PathNode node) =>
        node.Condition is { } condition && _subject.Expressions(condition) is [var expression] ? expression : null;

    private IEnumerable<string> NamesIn(Expr expression) =>
        _subject.WithParts(expression).OfType<Expr.Identifier>().Select(name => name.Name);
}

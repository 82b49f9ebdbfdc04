using Cairn.Flows.Expressions;
using Cairn.Flows.Linting.Paths;
using SourceSpan = Cairn.Flows.Sources.SourceSpan;

namespace Cairn.Flows.Linting.Rules;

/// <summary>
/// Variables that some path reads before it has assigned them. Of a step that may fail, only calls and raises count:
/// that any expression might fail is true and helps nobody.
/// </summary>
internal sealed class UnassignedReads
{
    private readonly LintSubject _subject;
    private readonly PathGraph _graph;
    private readonly string[] _names;
    private readonly Dictionary<string, int> _numbers;
    private readonly FeasiblePaths _paths;
    private readonly SortedSet<string> _told = new(StringComparer.Ordinal);

    private UnassignedReads(LintSubject subject, PathGraph graph)
    {
        _subject = subject;
        _graph = graph;
        _paths = new FeasiblePaths(subject, graph);
        _names = [.. graph.Nodes.SelectMany(node => node.Writes).Distinct(StringComparer.Ordinal)];
        _numbers = _names.Index().ToDictionary(name => name.Item, name => name.Index, StringComparer.Ordinal);
    }

    public static void Check(LintSubject subject)
    {
        foreach (var graph in subject.Graphs) new UnassignedReads(subject, graph).Check();
    }

    private void Check()
    {
        var assigned = Assigned();
        foreach (var node in _graph.Nodes)
        {
            if (assigned[node.Number] is not { } here) continue;
            foreach (var value in node.Reads)
                foreach (var read in _subject.Reads(value)) Look(read.Expression, read.At, here, node);
            if (node.Target is not { } target) continue;
            foreach (var read in _subject.TargetReads(target)) Look(read.Expression, read.At, here, node);
        }
    }

    private void Look(Expr expression, SourceSpan at, bool[] here, PathNode node)
    {
        if (_subject.IsLenient && IsGuarded(expression)) return;
        if (expression is Expr.Identifier name && _numbers.TryGetValue(name.Name, out var number) && !here[number])
            Tell(name.Name, at, node);
        foreach (var part in expression.Parts(_subject.IsLenient)) Look(part.Expression, at, here, node);
    }

    /// <summary>Under leniency these read an unassigned variable as null (T11).</summary>
    private static bool IsGuarded(Expr expression) => expression
        is Expr.Call { Function: "default" or "if" }
        or Expr.Binary { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual };

    private void Tell(string name, SourceSpan at, PathNode node)
    {
        if (_told.Contains(name) || !_paths.Reaches(node, name)) return;
        _told.Add(name);
        _subject.Report(
            LintRule.UnassignedRead, at,
            $"in workflow '{_graph.Routine.Name}', step '{node.Step?.Name}': '{name}' is read, and on some path to "
            + "here nothing has assigned it",
            $"assign a first value where all paths pass: - {name}: null");
    }

    /// <summary>For each node that a path reaches: which variables every path to it has assigned.</summary>
    private bool[]?[] Assigned()
    {
        var before = new bool[]?[_graph.Nodes.Count];
        before[_graph.Entry.Number] = new bool[_names.Length];
        var open = new Queue<PathNode>([_graph.Entry]);
        while (open.TryDequeue(out var node))
        {
            var here = before[node.Number]!;
            var after = (bool[])here.Clone();
            foreach (var name in node.Forgets)
                if (_numbers.TryGetValue(name, out var number)) after[number] = false;
            foreach (var name in node.Writes) after[_numbers[name]] = true;
            foreach (var next in node.Next)
                if (Meet(before, next, after)) open.Enqueue(next);
            if (node.Handler is { } handler && MayFail(node) && Meet(before, handler, here)) open.Enqueue(handler);
        }

        return before;
    }

    private bool MayFail(PathNode node) =>
        node.Raises || node.Call is not null || node.Reads.Any(value => _subject.Expressions(value)
            .Any(expression => expression.Calls(_subject.IsLenient).Any()));

    private static bool Meet(bool[]?[] before, PathNode node, bool[] arriving)
    {
        if (before[node.Number] is not { } known)
        {
            before[node.Number] = (bool[])arriving.Clone();
            return true;
        }

        var changed = false;
        for (var i = 0; i < known.Length; i++)
        {
            if (!known[i] || arriving[i]) continue;
            known[i] = false;
            changed = true;
        }

        return changed;
    }
}

using Cairn.Flows.Expressions;
using Cairn.Flows.Linting.Paths;

namespace Cairn.Flows.Linting.Rules;

/// <summary>
/// Loops made by jumps that sleep and ask, and that nothing of their own ends: no way out of them looks at the clock or
/// at something that the loop counts.
/// </summary>
internal sealed class EndlessPolls(LintSubject subject, PathGraph graph)
{
    public static void Check(LintSubject subject)
    {
        foreach (var graph in subject.Graphs)
            foreach (var loop in Cycles.Of(graph)) new EndlessPolls(subject, graph).Check(loop);
    }

    private void Check(IReadOnlyList<PathNode> loop)
    {
        if (!loop.Any(IsSleep) || !Asks(loop)) return;
        var moving = Moving(loop);
        // A condition inside the loop that looks at what moves by itself is its deadline, wherever it jumps to.
        var tests = loop.Where(node => node.Call is null && node.Writes.Count == 0 && node.Next.Count > 0);
        if (tests.Any(node => node.Reads.Any(value => subject.Expressions(value).Any(read => Looks(read, moving)))))
            return;
        var first = loop.Select(node => node.Step).OfType<Syntax.Step>().MinBy(step => step.Span.Offset)!;
        subject.Report(
            LintRule.EndlessPoll, first.Span,
            $"in workflow '{graph.Routine.Name}': the loop at step '{first.Name}' sleeps and asks again until the "
            + "other side says that it is done, without deadline",
            "count the rounds, or compare sys.now() with a deadline");
    }

    private static bool IsSleep(PathNode node) => node.Call?.Function.Text is "sys.sleep" or "sys.sleep_until";

    /// <summary>Whether the loop, or a `for` inside it, talks to the world.</summary>
    private bool Asks(IReadOnlyList<PathNode> loop) =>
        loop.Select(node => node.Step).OfType<Syntax.Step>().Distinct()
            .SelectMany(step => StepLists.Bodies(step.Block)).OfType<Syntax.Body.Call>()
            .Any(call => CallFacts.IsOutside(call.Function.Text) || IsRoutine(call.Function.Text));

    private bool IsRoutine(string name) => subject.Document.Routines.Any(routine => routine.Name == name);

    /// <summary>Variables of the loop that move by themselves: counted, or taken from the clock.</summary>
    private SortedSet<string> Moving(IReadOnlyList<PathNode> loop)
    {
        var moving = new SortedSet<string>(StringComparer.Ordinal);
        int before;
        do
        {
            before = moving.Count;
            foreach (var node in loop)
            {
                if (node.Call is { Function.Text: "sys.now" }) moving.UnionWith(node.Writes);
                if (node.Writes is [var name] && node.Call is null && node.Reads is [var value]
                    && subject.Expressions(value).Any(read => Counts(read, name) || Looks(read, moving)))
                    moving.Add(name);
            }
        }
        while (moving.Count > before);
        return moving;
    }

    private bool Counts(Expr expression, string name) =>
        expression is Expr.Binary { Operator: not (BinaryOperator.And or BinaryOperator.Or) }
        && subject.WithParts(expression).Any(part => part is Expr.Identifier read && read.Name == name);

    private bool Looks(Expr expression, SortedSet<string> moving) =>
        subject.WithParts(expression).Any(part => part switch
        {
            Expr.Call call => call.Function == "sys.now",
            Expr.Identifier name => moving.Contains(name.Name),
            _ => false,
        });
}

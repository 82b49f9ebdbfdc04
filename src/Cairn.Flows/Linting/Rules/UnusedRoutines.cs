using Cairn.Flows.Expressions;
using Cairn.Flows.Sources;
using Cairn.Flows.Syntax;

namespace Cairn.Flows.Linting.Rules;

/// <summary>Subworkflows that nothing reached from `main` calls or names as a predicate.</summary>
internal static class UnusedRoutines
{
    public static void Check(LintSubject subject)
    {
        var used = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<Routine>([subject.Document.Main]);
        while (open.TryPop(out var routine))
        {
            if (!used.Add(routine.Name)) continue;
            foreach (var name in NamesIn(routine, subject))
                if (subject.Document.Routines.FirstOrDefault(other => other.Name == name) is { } called)
                    open.Push(called);
        }

        foreach (var routine in subject.Document.Routines.Where(routine => !used.Contains(routine.Name)))
            subject.Report(
                LintRule.UnusedSubworkflow, routine.Span, $"nothing calls the subworkflow '{routine.Name}'",
                "remove it, or call it");
    }

    private static IEnumerable<string> NamesIn(Routine routine, LintSubject subject)
    {
        var bodies = StepLists.Of(routine.Steps).SelectMany(steps => steps)
            .SelectMany(step => StepLists.Bodies(step.Block)).ToList();
        var called = bodies.OfType<Body.Call>().Select(call => call.Function.Text);
        var values = bodies.SelectMany(Values)
            .Concat(routine.Parameters.Select(one => one.Default).OfType<SourceNode>());
        var named = values.SelectMany(subject.Expressions).SelectMany(subject.WithParts).Select(part => part switch
        {
            Expr.Call call => call.Function,
            Expr.Identifier name => name.Name,
            _ => "",
        });
        return called.Concat(named);
    }

    private static IEnumerable<SourceNode> Values(Body body) => body switch
    {
        Body.Assign assign => assign.Entries.SelectMany(entry => new[] { entry.Target, entry.Value }),
        Body.Call call => call.Arguments.Select(argument => argument.Value),
        Body.Switch choice => choice.Cases.Select(one => one.Condition),
        Body.For loop => Over(loop.Loop),
        Body.ParallelFor loop => Over(loop.Loop).Concat(Limit(loop.Terms)),
        Body.Branches branches => Limit(branches.Terms),
        Body.Try { Retry: { } retry } => [retry],
        Body.Raise raise => [raise.Value],
        Body.Return back => [back.Value],
        _ => [],
    };

    private static IEnumerable<SourceNode> Over(Loop loop) => new[] { loop.In, loop.Range }.OfType<SourceNode>();

    private static IEnumerable<SourceNode> Limit(ParallelTerms terms) =>
        terms.ConcurrencyLimit is { } limit ? [limit] : [];
}

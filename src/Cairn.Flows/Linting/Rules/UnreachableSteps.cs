using Cairn.Flows.Linting.Paths;
using Cairn.Flows.Syntax;

namespace Cairn.Flows.Linting.Rules;

/// <summary>Steps that no path reaches: the first of each stretch, not all that follow from it.</summary>
internal static class UnreachableSteps
{
    public static void Check(LintSubject subject)
    {
        foreach (var graph in subject.Graphs)
        {
            var reached = graph.Reachable();
            foreach (var steps in StepLists.Of(graph.Routine.Steps))
                Check(steps, step => reached[graph.EntryOf(step).Number], graph, subject);
        }
    }

    private static void Check(
        IReadOnlyList<Step> steps, Func<Step, bool> isReached, PathGraph graph, LintSubject subject)
    {
        for (var i = 1; i < steps.Count; i++)
        {
            if (isReached(steps[i]) || !isReached(steps[i - 1])) continue;
            subject.Report(
                LintRule.UnreachableStep, steps[i].Span,
                $"in workflow '{graph.Routine.Name}': no path reaches the step '{steps[i].Name}'; "
                + $"'{steps[i - 1].Name}' before it never goes on, and nothing jumps here",
                "remove it, or jump to it");
        }
    }
}

using Cairn.Flows.Linting.Paths;
using Cairn.Flows.Syntax;

namespace Cairn.Flows.Linting.Rules;

/// <summary>
/// A switch of several cases without a last word, whose next step is where one of its own conditions jumps to: when no
/// condition holds, that case runs.
/// </summary>
internal static class FallingSwitches
{
    public static void Check(LintSubject subject)
    {
        foreach (var graph in subject.Graphs)
            foreach (var steps in StepLists.Of(graph.Routine.Steps))
                for (var i = 0; i + 1 < steps.Count; i++) Check(steps[i], steps[i + 1], graph, subject);
    }

    private static void Check(Step step, Step following, PathGraph graph, LintSubject subject)
    {
        if (step.Block is not { Next: null, Bodies: [Body.Switch { Cases.Count: > 1 } choice] }) return;
        if (choice.Cases.Any(one => LiteralCondition.IsTrue(one.Condition))) return;
        if (!choice.Cases.All(one => one.Block.Next is not null)) return;
        if (choice.Cases.All(one => one.Block.Next!.Name != following.Name)) return;
        subject.Report(
            LintRule.SwitchFallsThrough, step.Span,
            $"in workflow '{graph.Routine.Name}', step '{step.Name}': when no condition holds, the next step "
            + $"'{following.Name}' runs, which is one of the cases",
            "add a last condition 'true', or a 'next' to the step");
    }
}

using Cairn.Flows.Compiling;
using Cairn.Flows.Linting.Paths;
using Cairn.Flows.Linting.Rules;
using Cairn.Flows.Sources;
using Cairn.Flows.Syntax;

namespace Cairn.Flows.Trials;

/// <summary>Lays what was executed over the flow.</summary>
internal static class CoverageReader
{
    /// <summary>The coverage of a flow.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="executed">Labels of the executed steps.</param>
    /// <param name="trace">Conditions that were looked at.</param>
    public static FlowCoverage Read(Flow flow, IReadOnlySet<string> executed, FlowTrace trace)
    {
        var steps = flow.Code.Steps
            .Select(step => new CoveredStep(step.Label, step.Place.Line, executed.Contains(step.Label)))
            .OrderBy(step => step.Line);
        var branches =
            from routine in flow.Document.Routines
            from step in StepLists.Of(routine.Steps).SelectMany(steps => steps)
            from one in Cases(step.Block)
            from way in Ways(one, LabelOf(routine, step), flow.Source.PlaceOf(one.Condition.Span), trace)
            orderby way.Line
            select way;
        return new FlowCoverage([.. steps], [.. branches]);
    }

    private static string LabelOf(Routine routine, Step step) =>
        routine.Name == Routine.MainName ? step.Name : $"{routine.Name}.{step.Name}";

    /// <summary>Both ways of a condition; of `true` and `false` there is only one.</summary>
    private static IEnumerable<CoveredBranch> Ways(Case one, string step, SourcePlace place, FlowTrace trace)
    {
        var (met, unmet) = trace.Of(place);
        var text = one.Condition is SourceNode.Scalar scalar ? scalar.Text : one.Condition.Told;
        if (!LiteralCondition.IsFalse(one.Condition))
            yield return new CoveredBranch(step, text, place.Line, true, met);
        if (!LiteralCondition.IsTrue(one.Condition))
            yield return new CoveredBranch(step, text, place.Line, false, unmet);
    }

    /// <summary>The conditions that belong to a step itself, not to steps inside it.</summary>
    private static IEnumerable<Case> Cases(Block block) => block.Bodies.SelectMany(body => body switch
    {
        Body.Switch choice => choice.Cases.SelectMany(one => Cases(one.Block).Prepend(one)),
        Body.Try attempt => Cases(attempt.Tried),
        _ => [],
    });
}

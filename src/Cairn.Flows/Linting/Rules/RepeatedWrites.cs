using Cairn.Flows.Sources;
using Cairn.Flows.Syntax;

namespace Cairn.Flows.Linting.Rules;

/// <summary>Policies for reads around calls that must not be made twice (spec/workflows.md 3.3, 6.4).</summary>
internal static class RepeatedWrites
{
    public static void Check(LintSubject subject)
    {
        foreach (var graph in subject.Graphs)
            foreach (var step in StepLists.Of(graph.Routine.Steps).SelectMany(steps => steps))
                foreach (var attempt in Attempts(step.Block)) Check(attempt, step, graph.Routine, subject);
    }

    /// <summary>The `try` of a step and those written inline inside it.</summary>
    private static IEnumerable<Body.Try> Attempts(Block block) => block.Bodies.SelectMany(body => body switch
    {
        Body.Try attempt => Attempts(attempt.Tried).Prepend(attempt),
        Body.Switch choice => choice.Cases.SelectMany(one => Attempts(one.Block)),
        _ => [],
    });

    private static void Check(Body.Try attempt, Step step, Routine routine, LintSubject subject)
    {
        if (attempt.Retry is null || WhatPolicy(attempt.Retry) is not { } policy) return;
        var twice = StepLists.Bodies(attempt.Tried).OfType<Body.Call>().FirstOrDefault(CallFacts.IsRepeatedByTwice);
        if (twice is null) return;
        subject.Report(
            LintRule.RetryNotIdempotent, step.Span,
            $"in workflow '{routine.Name}', step '{step.Name}': {policy} also retries when {twice.Function.Text} may "
            + "have been done already",
            "use http.default_retry_non_idempotent, or its predicate");
    }

    /// <summary>The name of a policy that retries what may have happened; null: it does not, or nobody knows.</summary>
    private static string? WhatPolicy(SourceNode retry)
    {
        var policy = retry is SourceNode.Map map ? map["predicate"] : retry;
        var text = (policy as SourceNode.Scalar)?.Text ?? "";
        string[] generous = ["http.default_retry_predicate", "http.default_retry", "retry.always"];
        return Array.Find(generous, name => Bare(text) == name);
    }

    private static string Bare(string text)
    {
        var inner = text.Trim();
        return inner is ['$', '{', .., '}'] ? inner[2..^1].Trim() : inner;
    }
}

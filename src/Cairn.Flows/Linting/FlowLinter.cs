using Cairn.Flows.Compiling;
using Cairn.Flows.Linting.Rules;
using Cairn.Flows.Sources;
using Cairn.Flows.Syntax;

namespace Cairn.Flows.Linting;

/// <summary>Looks at a flow for what will go wrong though it may be valid (docs/flows.md, `cairn lint`).</summary>
public static class FlowLinter
{
    /// <summary>All findings in the order of the text; a flow that cannot run gives its errors too.</summary>
    public static IReadOnlyList<LintFinding> Lint(FlowSource source, FlowOptions options)
    {
        var outcome = FlowCompiler.Compile(source, options);
        var looked = Look(source, options);
        var unknown = looked.Where(finding => finding.Rule == LintRule.UnknownFunction).ToList();
        var errors = outcome.Errors
            .Where(error => !unknown.Exists(finding => finding.Line == error.Line && Near(finding, error)))
            .Select(error => new LintFinding(
                LintRule.Invalid, error.Message, error.File, error.Line, error.Column, error.Hint));
        var warnings = outcome.Warnings.Select(warning => new LintFinding(
            RuleOf(warning), Told(warning), warning.File, warning.Line, warning.Column, warning.Hint));
        return
        [
            .. errors.Concat(warnings).Concat(looked)
                .OrderBy(finding => finding.Line ?? 0).ThenBy(finding => finding.Column ?? 0),
        ];
    }

    private static IReadOnlyList<LintFinding> Look(FlowSource source, FlowOptions options)
    {
        var text = new SourceText(source.Text);
        var findings = new Findings(text, source.File, options).Unheard();
        if (SourceReader.Read(text, findings) is not { } root) return [];
        if (new DocumentReader(findings).Read(root) is not { } document) return [];
        var subject = new LintSubject(document, text, source.File, options);
        UnknownFunctions.Check(subject);
        UnreachableSteps.Check(subject);
        UnassignedReads.Check(subject);
        KeptLocks.Check(subject);
        RepeatedWrites.Check(subject);
        EndlessPolls.Check(subject);
        NeedlessDefaults.Check(subject);
        UnusedRoutines.Check(subject);
        FallingSwitches.Check(subject);
        return subject.Findings;
    }

    /// <summary>The compiler's word and the rule's about one and the same call.</summary>
    private static bool Near(LintFinding finding, FlowProblem error) =>
        finding.Message.Split('\'').Where((_, i) => i % 2 == 1).Any(error.Message.Contains);

    private static LintRule RuleOf(FlowWarning warning) => warning.Code switch
    {
        "T02" => LintRule.OverLimit,
        "T20" => LintRule.DuplicateStep,
        ['T', _, _] => LintRule.Tolerated,
        _ => LintRule.OverLimit,
    };

    private static string Told(FlowWarning warning) =>
        RuleOf(warning) == LintRule.Tolerated ? $"{warning.Message} ({warning.Code})" : warning.Message;
}

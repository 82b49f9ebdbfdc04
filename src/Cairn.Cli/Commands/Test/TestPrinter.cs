using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Flows.Trials;
using Spectre.Console;

namespace Cairn.Cli.Commands.Test;

/// <summary>Prints outcomes for people: failures in full, then a picture of what was executed.</summary>
internal sealed class TestPrinter(Frame frame)
{
    private const int BarLength = 20;
    private const int MostMissed = 20;

    /// <summary>Prints all reports.</summary>
    public void Print(IReadOnlyList<TrialReport> reports)
    {
        var console = frame.Terminal.Data;
        foreach (var report in reports)
        {
            new ProblemPrinter(frame.Terminal).Print([.. report.Problems.Select(FlowFile.ProblemOf)]);
            foreach (var outcome in report.Outcomes) Print(report, outcome);
        }

        foreach (var report in reports)
            if (report.Coverage is { } coverage) Print(report.Flow, coverage);
        var passed = reports.Sum(report => report.Outcomes.Count(outcome => outcome.Passed));
        var failed = reports.Sum(report => report.Outcomes.Count) - passed;
        console.MarkupLine($"[{(failed == 0 ? "green" : "red")}]{passed} passed, {failed} failed[/]");
    }

    private void Print(TrialReport report, TrialOutcome outcome)
    {
        var word = outcome.Passed ? "[green]passed[/]" : "[red]FAILED[/]";
        frame.Terminal.Data.MarkupLine(
            $"{word}  {Markup.Escape(report.File)}:{outcome.Line} {Markup.Escape(outcome.Name)}");
        foreach (var line in outcome.Failures.SelectMany(failure => failure.Split('\n')))
            frame.Terminal.Data.MarkupLine("        " + Markup.Escape(line));
    }

    private void Print(string flow, FlowCoverage coverage)
    {
        var console = frame.Terminal.Data;
        console.WriteLine();
        console.MarkupLine(Markup.Escape(flow));
        console.MarkupLine("  steps     " + Bar(coverage.StepsCovered, coverage.Steps.Count));
        console.MarkupLine("  branches  " + Bar(coverage.BranchesCovered, coverage.Branches.Count));
        var missed = coverage.Steps.Where(step => !step.IsCovered)
            .Select(step => (step.Line, Told: $"step '{step.Name}'"))
            .Concat(coverage.Branches.Where(branch => !branch.IsCovered).Select(branch => (
                branch.Line,
                Told: $"step '{branch.Step}': {branch.Condition} {(branch.IsMet ? "never holds" : "always holds")}")))
            .OrderBy(miss => miss.Line).ToList();
        foreach (var (line, told) in missed.Take(MostMissed))
            console.MarkupLine($"  missed    {line,4}: {Markup.Escape(told)}");
        if (missed.Count > MostMissed) console.MarkupLine($"  missed    and {missed.Count - MostMissed} more");
        console.WriteLine();
    }

    private static string Bar(int covered, int total)
    {
        if (total == 0) return "none";
        var full = covered * BarLength / total;
        var color = covered == total ? "green" : "yellow";
        return $"[{color}]{new string('█', full)}{new string('░', BarLength - full)}[/] {covered} of {total}";
    }
}

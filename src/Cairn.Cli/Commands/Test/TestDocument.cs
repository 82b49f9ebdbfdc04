using System.Text.Json.Serialization;
using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Flows.Trials;

namespace Cairn.Cli.Commands.Test;

/// <summary>What `cairn test -o json` prints.</summary>
internal sealed record TestDocument(int Passed, int Failed, IReadOnlyList<TestFileEntry> Files)
{
    /// <summary>The document of some reports.</summary>
    public static TestDocument Of(IReadOnlyList<TrialReport> reports) => new(
        reports.Sum(report => report.Outcomes.Count(outcome => outcome.Passed)),
        reports.Sum(report => report.Outcomes.Count(outcome => !outcome.Passed)),
        [.. reports.Select(TestFileEntry.Of)]);
}

/// <summary>One file of tests.</summary>
internal sealed record TestFileEntry(
    string File, string Flow, IReadOnlyList<TestEntry> Tests, CoverageEntry? Coverage, IReadOnlyList<Problem>? Errors)
{
    public static TestFileEntry Of(TrialReport report) => new(
        report.File, report.Flow, [.. report.Outcomes.Select(TestEntry.Of)],
        report.Coverage is { } coverage ? CoverageEntry.Of(coverage) : null,
        report.Problems.Count == 0 ? null : [.. report.Problems.Select(FlowFile.ProblemOf)]);
}

/// <summary>One test; `elapsed` is what passed by its own clock, in seconds.</summary>
internal sealed record TestEntry(string Name, int Line, bool Passed, double Elapsed, IReadOnlyList<string> Failures)
{
    public static TestEntry Of(TrialOutcome outcome) =>
        new(outcome.Name, outcome.Line, outcome.Passed, outcome.Elapsed.TotalSeconds, outcome.Failures);
}

/// <summary>What the tests of one flow executed; `missed` names the rest.</summary>
internal sealed record CoverageEntry(
    int Steps, int StepsCovered, int Branches, int BranchesCovered, IReadOnlyList<MissedEntry> Missed)
{
    public static CoverageEntry Of(FlowCoverage coverage) => new(
        coverage.Steps.Count, coverage.StepsCovered, coverage.Branches.Count, coverage.BranchesCovered,
        [
            .. coverage.Steps.Where(step => !step.IsCovered)
                .Select(step => new MissedEntry(step.Name, step.Line, null, null)),
            .. coverage.Branches.Where(branch => !branch.IsCovered)
                .Select(branch => new MissedEntry(branch.Step, branch.Line, branch.Condition, branch.IsMet)),
        ]);
}

/// <summary>A step that no test executed, or a condition that no test found so.</summary>
internal sealed record MissedEntry(string Step, int Line, string? Condition, bool? Met);

/// <summary>JSON of outcomes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TestDocument))]
internal sealed partial class TestJson : JsonSerializerContext;

using Cairn.Flows.Compiling;
using Cairn.Flows.Linting;

namespace Cairn.Conformance.Linting;

/// <summary>
/// Flows with a real fault beside correct ones that look like it: the linter finds the former, at their line, and is
/// silent about the latter.
/// </summary>
public sealed class LintTests
{
    public static TheoryData<string> Rows => [.. LintCase.All.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_linter_finds_what_is_wrong_and_nothing_else(string name)
    {
        var row = LintCase.All[name];

        var found = FlowLinter.Lint(new FlowSource("case.yaml", row.Source), new FlowOptions { Lenient = row.Lenient });

        Assert.Equal(
            row.Finds.Order(StringComparer.Ordinal),
            found.Select(finding => $"{finding.Rule.Id}@{finding.Line}").Order(StringComparer.Ordinal));
        Assert.All(found, finding => Assert.NotEmpty(finding.Message));
    }

    [Fact]
    public void Every_rule_has_a_flow_that_it_finds_something_in()
    {
        var exercised = LintCase.All.Values.SelectMany(row => row.Finds).Select(found => found.Split('@')[0]);

        Assert.Empty(LintRule.All.Select(rule => rule.Id).Except(exercised).Except([LintRule.Invalid.Id]));
    }

    [Fact]
    public void A_flow_that_cannot_run_gives_its_errors()
    {
        var found = FlowLinter.Lint(new FlowSource("case.yaml", "- a: {next: nowhere}\n"), new FlowOptions());

        Assert.Equal(LintRule.Invalid, Assert.Single(found).Rule);
        Assert.Equal(1, found[0].Line);
    }

    [Fact]
    public void A_broken_source_gives_its_error() =>
        Assert.Equal(
            LintRule.Invalid,
            Assert.Single(FlowLinter.Lint(new FlowSource("case.yaml", "- a: {next"), new FlowOptions())).Rule);
}

using System.Text.RegularExpressions;
using Cairn.Flows.Compiling;
using Cairn.Flows.Linting;
using Cairn.Flows.Trials;

namespace Cairn.Flows.Tests.Trials;

/// <summary>The examples of docs/flows.md run, and the flows of examples/ pass their tests.</summary>
public sealed partial class DocumentationTests
{
    private static string Page => File.ReadAllText(Path.Combine(Root(), "docs", "flows.md"));

    public static TheoryData<int, string, string> Examples
    {
        get
        {
            var found = new TheoryData<int, string, string>();
            foreach (var (index, match) in Example.Matches(Page).Index())
                found.Add(index, match.Groups["flow"].Value, match.Groups["test"].Value);
            return found;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_of_the_page_passes_the_test_below_it(int number, string flow, string tests)
    {
        var indented = string.Concat(tests.Split('\n').Select(line => "  " + line + "\n"));
        var (file, problems) = TrialFileReader.Read($"example-{number}.test.yaml", "tests:\n" + indented);
        Assert.Empty(problems);

        var report = TrialRunner.Run(file!, new FlowSource($"example-{number}.yaml", flow), static _ => true);

        Assert.Empty(report.Problems);
        Assert.All(report.Outcomes, outcome => Assert.Empty(outcome.Failures));
        Assert.Empty(FlowLinter.Lint(new FlowSource($"example-{number}.yaml", flow), new FlowOptions()));
    }

    [Fact]
    public void Each_flow_of_the_page_has_its_test() =>
        Assert.Equal(Regex.Count(Page, "^```yaml flow$", RegexOptions.Multiline), Examples.Count);

    [Fact]
    public void The_page_names_every_rule_of_the_linter_with_its_level() =>
        Assert.All(LintRule.All, rule =>
            Assert.Contains($"| `{rule.Id}` | {rule.Level.ToString().ToLowerInvariant()} |", Page));

    [Fact]
    public void The_flows_of_examples_pass_their_tests_and_execute_every_step()
    {
        var folder = Path.Combine(Root(), "examples", "flows");
        var tests = Directory.GetFiles(folder, "*.test.yaml");
        Assert.NotEmpty(tests);
        foreach (var test in tests)
        {
            var flow = test.Replace(".test.yaml", ".yaml");
            var (file, problems) = TrialFileReader.Read(test, File.ReadAllText(test));
            Assert.Empty(problems);

            var report = TrialRunner.Run(file!, new FlowSource(flow, File.ReadAllText(flow)), static _ => true);

            Assert.All(report.Outcomes, outcome => Assert.Empty(outcome.Failures));
            Assert.All(report.Coverage!.Steps, step => Assert.True(step.IsCovered, step.Name));
        }
    }

    [GeneratedRegex("```yaml flow\n(?<flow>.*?)```\n\n```yaml test\n(?<test>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example { get; }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "cairn.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}

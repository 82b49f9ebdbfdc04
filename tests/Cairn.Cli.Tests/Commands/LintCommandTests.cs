using System.Text.Json;

namespace Cairn.Cli.Tests.Commands;

/// <summary>`cairn lint`: what it prints in each format, and when it fails.</summary>
public sealed class LintCommandTests
{
    private const string Unreachable = "- a: {return: 1}\n- b: {return: 2}\n";

    [Fact]
    public async Task A_finding_is_shown_with_its_line_a_caret_and_a_hint()
    {
        using var folder = new FlowFolder().With("a.yaml", Unreachable);

        Assert.Equal(0, await folder.Run("lint", "a.yaml"));

        Assert.Equal(
            "a.yaml:2:3: warning: in workflow 'main': no path reaches the step 'b'; 'a' before it never goes on, and "
            + "nothing jumps here [unreachable-step]\n    2 | - b: {return: 2}\n      |   ^\n"
            + "  hint: remove it, or jump to it\n",
            folder.Out);
        Assert.Equal("1 warning in 1 flow\n", folder.Error);
    }

    [Theory]
    [InlineData("error", 0)]
    [InlineData("warning", 2)]
    [InlineData("note", 2)]
    public async Task The_exit_code_follows_the_level_that_was_asked_for(string level, int code)
    {
        using var folder = new FlowFolder().With("a.yaml", Unreachable);

        Assert.Equal(code, await folder.Run("lint", "a.yaml", "--fail-on", level));
    }

    [Fact]
    public async Task A_flow_that_cannot_run_is_an_error()
    {
        using var folder = new FlowFolder().With("a.yaml", "- a: {next: nowhere}\n");

        Assert.Equal(2, await folder.Run("lint", "a.yaml"));
    }

    [Fact]
    public async Task A_folder_is_searched_for_flows_and_nothing_else()
    {
        using var folder = new FlowFolder()
            .With("flows/a.yaml", Unreachable).With("flows/deep/b.yml", Unreachable)
            .With("flows/a.test.yaml", "tests: []\n").With("flows/graph.yaml", "workflow:\n  name: g\n  tasks: []\n")
            .With("flows/notes.txt", Unreachable).With("flows/.hidden/c.yaml", Unreachable);

        Assert.Equal(0, await folder.Run("lint", "flows", "-o", "json"));

        using var json = JsonDocument.Parse(folder.Out);
        Assert.Equal(
            ["flows/a.yaml", "flows/deep/b.yml"],
            json.RootElement.GetProperty("findings").EnumerateArray()
                .Select(one => one.GetProperty("file").GetString()));
    }

    [Fact]
    public async Task Sarif_names_the_rule_and_the_place()
    {
        using var folder = new FlowFolder().With("a.yaml", Unreachable);

        await folder.Run("lint", "a.yaml", "-o", "sarif");

        using var json = JsonDocument.Parse(folder.Out);
        var run = json.RootElement.GetProperty("runs")[0];
        var result = run.GetProperty("results")[0];
        var rule = run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[
            result.GetProperty("ruleIndex").GetInt32()];
        var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("2.1.0", json.RootElement.GetProperty("version").GetString());
        Assert.Equal("unreachable-step", rule.GetProperty("id").GetString());
        Assert.Equal("a.yaml", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal(2, place.GetProperty("region").GetProperty("startLine").GetInt32());
    }

    [Fact]
    public async Task A_format_that_does_not_exist_is_wrong_usage()
    {
        using var folder = new FlowFolder().With("a.yaml", Unreachable);

        Assert.Equal(2, await folder.Run("lint", "a.yaml", "-o", "xml"));

        Assert.Contains("text, json or sarif", folder.Error);
    }

    [Fact]
    public async Task A_missing_file_is_wrong_usage()
    {
        using var folder = new FlowFolder();

        Assert.Equal(2, await folder.Run("lint", "a.yaml"));

        Assert.Contains("there is no such file", folder.Error);
    }
}

using System.Text.Json;
using System.Xml.Linq;

namespace Cairn.Cli.Tests.Commands;

/// <summary>`cairn test`: what it prints, writes and returns.</summary>
public sealed class TestCommandTests
{
    private const string Flow = """
        main:
          params: [x]
          steps:
            - look: {switch: [{condition: "${x > 1}", return: large}]}
            - small: {return: small}
        """;

    private const string Good = """
        tests:
          - {name: a small one, args: 1, expect: {result: small}}
        """;

    [Fact]
    public async Task Passed_tests_and_what_they_missed_are_shown()
    {
        using var folder = new FlowFolder().With("a.yaml", Flow).With("a.test.yaml", Good);

        Assert.Equal(0, await folder.Run("test", "."));

        Assert.Contains("passed  ./a.test.yaml:2 a small one", folder.Out);
        Assert.Contains("2 of 2", folder.Out);
        Assert.Contains("1 of 2", folder.Out);
        Assert.Contains("4: step 'look': ${x > 1} never holds", folder.Out);
        Assert.EndsWith("1 passed, 0 failed\n", folder.Out);
    }

    [Fact]
    public async Task A_failed_test_says_what_came_and_the_exit_code_is_1()
    {
        using var folder = new FlowFolder().With("a.yaml", Flow)
            .With("a.test.yaml", "tests: [{name: it, args: 5, expect: {result: small}}]");

        Assert.Equal(1, await folder.Run("test", "a.test.yaml"));

        Assert.Contains("result: expected \"small\", got \"large\"", folder.Out);
    }

    [Theory]
    [InlineData("tests: [{name: it, expct: {result: 1}}]", Flow)]
    [InlineData(Good, "- a: {next: nowhere}")]
    public async Task A_wrong_file_is_named_and_the_exit_code_is_2(string tests, string flow)
    {
        using var folder = new FlowFolder().With("a.yaml", flow).With("a.test.yaml", tests);

        Assert.Equal(2, await folder.Run("test", "a.test.yaml"));

        Assert.Contains("error:", folder.Error);
    }

    [Fact]
    public async Task A_test_file_without_its_flow_says_so()
    {
        using var folder = new FlowFolder().With("a.test.yaml", Good);

        Assert.Equal(2, await folder.Run("test", "a.test.yaml"));

        Assert.Contains("its flow a.yaml cannot be read", folder.Error);
    }

    [Fact]
    public async Task A_folder_without_tests_is_wrong_usage()
    {
        using var folder = new FlowFolder().With("a.yaml", Flow);

        Assert.Equal(2, await folder.Run("test", "."));

        Assert.Contains("there are no tests in .", folder.Error);
    }

    [Fact]
    public async Task Junit_has_a_case_for_each_test()
    {
        using var folder = new FlowFolder().With("a.yaml", Flow).With(
            "a.test.yaml",
            "tests:\n- {name: good, args: 1, expect: {result: small}}\n- {name: bad, args: 1, expect: {result: 1}}\n");

        Assert.Equal(1, await folder.Run("test", ".", "--junit", "out.xml"));

        var suite = XDocument.Load(folder.PathOf("out.xml")).Root!.Element("testsuite")!;
        Assert.Equal(("2", "1"), (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value));
        var bad = suite.Elements("testcase").Single(one => one.Attribute("name")!.Value == "bad");
        Assert.Contains("expected 1", bad.Element("failure")!.Value);
    }

    [Fact]
    public async Task The_document_holds_outcomes_and_coverage()
    {
        using var folder = new FlowFolder().With("a.yaml", Flow).With("a.test.yaml", Good);

        await folder.Run("test", "a.test.yaml", "-o", "json");

        using var json = JsonDocument.Parse(folder.Out);
        var file = json.RootElement.GetProperty("files")[0];
        Assert.Equal(1, json.RootElement.GetProperty("passed").GetInt32());
        Assert.True(file.GetProperty("tests")[0].GetProperty("passed").GetBoolean());
        Assert.Equal(1, file.GetProperty("coverage").GetProperty("branches_covered").GetInt32());
        Assert.Equal("look", file.GetProperty("coverage").GetProperty("missed")[0].GetProperty("step").GetString());
    }

    [Theory]
    [InlineData("75", 0)]
    [InlineData("76", 1)]
    public async Task Too_little_coverage_fails(string percent, int code)
    {
        using var folder = new FlowFolder().With("a.yaml", Flow).With("a.test.yaml", Good);

        Assert.Equal(code, await folder.Run("test", ".", "--min-coverage", percent));
    }

    [Theory]
    [InlineData("SMALL", 0)]
    [InlineData("nothing like it", 2)]
    public async Task A_filter_picks_tests_by_words_of_their_names(string words, int code)
    {
        using var folder = new FlowFolder().With("a.yaml", Flow).With("a.test.yaml", Good);

        Assert.Equal(code, await folder.Run("test", ".", "--filter", words));
    }
}

using Cairn.Flows.Compiling;

namespace Cairn.Flows.Tests.Compiling;

/// <summary>What is wrong with a flow, where its author wrote it.</summary>
public sealed class FlowCompilerTests
{
    [Theory]
    [InlineData("- a: {asign: [{x: 1}]}", 1, 7, "in workflow 'main', step 'a': unexpected entry 'asign'")]
    [InlineData("- a: {call: text.no_such_function, args: {source: x}}", 1, 13, "text.no_such_function")]
    [InlineData("- a:\n    return: \"${1 +\\n  nowhere}\"", 2, 23, "nowhere")]
    [InlineData("- a:\n    return: '${\"it''s\" + nowhere}'", 2, 26, "nowhere")]
    [InlineData("- a:\n    return: |\n      ${1 +\n        nowhere}", 4, 9, "nowhere")]
    [InlineData("- a: {next: b}\n- c: {next: end}", 1, 13, "there is no step 'b'")]
    [InlineData("- a: {call: sys.log, args: {txt: x}}", 1, 29, "'sys.log' has no parameter 'txt'")]
    public void An_error_stands_at_its_place(string source, int line, int column, string message)
    {
        var error = Compile(source).Errors[0];
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void All_errors_are_told_at_once() => Assert.Equal(
        3, Compile("- a: {next: x}\n- b: {return: '${y}'}\n- c: {call: nothing}\n").Errors.Count);

    [Theory]
    [InlineData("a: [")]
    [InlineData("- a: {switch: [{}]}")]
    [InlineData("- a: {for: {}}")]
    [InlineData("- a: {parallel: {branches: [{}]}}")]
    [InlineData("- a: {try: {}, except: {}}")]
    [InlineData("- a: {assign: [{'': 1}]}")]
    [InlineData("main: {steps: [{a: {parallel: {shared: [1], for: {value: 1, in: 2, steps: 3}}}}]}")]
    [InlineData("{\"main\": 5}")]
    public void Nonsense_is_refused_and_never_throws(string source) => Assert.NotEmpty(Compile(source).Errors);

    [Fact]
    public void A_ceiling_is_a_warning_and_with_strict_an_error()
    {
        var entries = string.Join(", ", Enumerable.Range(0, 51).Select(i => $"{{x{i}: {i}}}"));
        var source = $"- a: {{assign: [{entries}]}}";
        Assert.Equal("assign", Assert.Single(Compile(source).Warnings).Code);
        Assert.Null(Compile(source, new FlowOptions { Strict = true }).Flow);
    }

    [Fact]
    public void What_leniency_accepts_is_a_warning_with_the_valid_form_and_without_it_an_error_that_names_the_flag()
    {
        const string source = "- a: {try: {call: sys.now}, result: x}\n- b: {return: '${x > 0}'}";
        var warning = Assert.Single(Compile(source, new FlowOptions { Lenient = true }).Warnings);
        Assert.Equal("T16", warning.Code);
        Assert.Contains("inside 'try'", warning.Hint);
        Assert.Contains("--lenient (T16)", Compile(source).Errors[0].Hint);
    }

    [Fact]
    public void An_unquoted_expression_that_breaks_YAML_is_told_as_such()
    {
        var error = Compile("- a:\n    return: ${\"x: \" + \"y\"}\n").Errors[0];
        Assert.Equal((2, 13), (error.Line, error.Column));
        Assert.Contains("--lenient (T01)", error.Hint);
    }

    private static FlowOutcome Compile(string source, FlowOptions? options = null) =>
        FlowCompiler.Compile(new FlowSource("flow.yaml", source), options ?? new FlowOptions());
}

using Cairn.Flows.Trials;

namespace Cairn.Flows.Tests.Trials;

/// <summary>What is wrong in a `*.test.yaml` is said with its place.</summary>
public sealed class TrialFileReaderTests
{
    [Theory]
    [InlineData("tests: []", 1, "'tests' is a list of at least one")]
    [InlineData("tests:\n- {name: a}", 2, "a test has an 'expect'")]
    [InlineData("tests:\n- {expect: {result: 1}}", 2, "a test has a 'name'")]
    [InlineData("tests:\n- {name: a, expect: {reslt: 1}}", 2, "'expect' has no 'reslt'")]
    [InlineData("test: 1\ntests:\n- {name: a, expect: {result: 1}}", 1, "a test file has no 'test'")]
    [InlineData("tests:\n- {name: a, expect: {result: 1}, mocks: [{result: 1}]}", 2, "a mock names")]
    [InlineData("tests:\n- {name: a, expect: {result: 1}, mocks: [{call: http.get}]}", 2, "an answer has one of")]
    [InlineData("tests:\n- {name: a, expect: {result: 1}, mocks: [{call: f, fault: oops}]}", 2, "there is no fault")]
    [InlineData("tests:\n- {name: a, expect: {result: 1, error: x}}", 2, "not with both")]
    [InlineData("tests:\n- {name: a, expect: {result: 1}}\n- {name: a, expect: {result: 1}}", 1, "two tests")]
    [InlineData("tests:\n- {name: a, now: soon, expect: {result: 1}}", 2, "'now' is a time")]
    [InlineData("tests:\n- just text", 2, "a test is a map")]
    [InlineData("tests: {", 1, "")]
    public void A_wrong_file_says_what_and_where(string text, int line, string message)
    {
        var (file, problems) = TrialFileReader.Read("a.test.yaml", text);

        Assert.Null(file);
        Assert.Contains(problems, problem => problem.Line == line && problem.Message.Contains(message));
    }

    [Fact]
    public void A_misspelt_key_gets_the_near_one_as_hint()
    {
        var (_, problems) = TrialFileReader.Read("a.test.yaml", "tests:\n- {name: a, expct: {result: 1}}");

        Assert.Contains(problems, problem => problem.Hint == "did you mean 'expect'?");
    }
}

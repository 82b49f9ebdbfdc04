using Cairn.Cli.Tests.Commands;

namespace Cairn.Cli.Tests.Flows;

/// <summary>Flows from the command line: documents, exit codes, words.</summary>
public sealed class FlowCommandTests : IDisposable
{
    private const string Failing =
        """
        main:
          steps:
            - say: {call: sys.log, args: {text: hello, severity: WARNING}}
            - sub: {call: inner, args: {m: {a: 1}}}
        inner:
          params: [m]
          steps:
            - read: {return: "${m.nope}"}
        """;

    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task A_flow_prints_its_result_as_one_document_with_integers_and_doubles_told_apart()
    {
        _desk.Write("sum.yaml", """
            main:
              params: [a]
              steps:
                - r: {return: ['${a.n + 1}', '${a.n * 2.0}', null]}
            """);

        Assert.Equal(0, await _desk.Run("run", "sum.yaml", "--args", "{\"n\": 1}", "-o", "json"));

        Assert.Equal("sum-1", _desk.Document.GetProperty("id").GetString());
        Assert.Equal("flow", _desk.Document.GetProperty("kind").GetString());
        Assert.Equal("succeeded", _desk.Document.GetProperty("outcome").GetString());
        Assert.Equal("SUCCEEDED", _desk.Document.GetProperty("state").GetString());
        Assert.Equal(
            ["2", "2.0", "null"],
            _desk.Document.GetProperty("result").EnumerateArray().Select(item => item.GetRawText()));
    }

    [Fact]
    public async Task A_result_of_null_is_printed()
    {
        _desk.Write("none.yaml", "- a: {assign: [{x: 1}]}\n");
        Assert.Equal(0, await _desk.Run("run", "none.yaml", "-o", "json"));
        Assert.Equal("null", _desk.Document.GetProperty("result").GetRawText());
    }

    [Fact]
    public async Task People_see_the_result_on_stdout_and_the_talk_on_stderr()
    {
        _desk.Write("hi.yaml", "- a: {call: sys.log, args: {text: hello}}\n- b: {return: {k: 1}}\n");

        Assert.Equal(0, await _desk.Run("run", "hi.yaml"));

        Assert.Equal("{\n  \"k\": 1\n}\n", _desk.Output);
        Assert.Contains("a: hello", _desk.Talk);
        Assert.Contains("hi-1 SUCCEEDED", _desk.Talk);
    }

    [Fact]
    public async Task An_unhandled_error_is_printed_with_payload_context_and_stack()
    {
        _desk.Write("fail.yaml", Failing);

        Assert.Equal(1, await _desk.Run("run", "fail.yaml", "-o", "json"));

        Assert.Equal("FAILED", _desk.Document.GetProperty("state").GetString());
        var error = _desk.Document.GetProperty("error");
        Assert.Equal("KeyError", error.GetProperty("payload").GetProperty("tags")[0].GetString());
        Assert.Contains("in step \"read\", routine \"inner\", line: 8", error.GetProperty("context").GetString());
        Assert.Equal("sub", error.GetProperty("stack")[1].GetProperty("step").GetString());
        Assert.Equal(8, error.GetProperty("stack")[0].GetProperty("position").GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task A_text_that_was_raised_stays_a_text()
    {
        _desk.Write("raise.yaml", "- a: {raise: oh no}\n");
        Assert.Equal(1, await _desk.Run("run", "raise.yaml", "-o", "json"));
        Assert.Equal("\"oh no\"", _desk.Document.GetProperty("error").GetProperty("payload").GetRawText());
    }

    [Theory]
    [InlineData("run")]
    [InlineData("validate")]
    public async Task An_invalid_flow_names_file_line_and_what_to_do(string command)
    {
        _desk.Write("bad.yaml", "- a:\n    call: text.no_such_function\n    args: {source: x}\n");

        Assert.Equal(2, await _desk.Run(command, "bad.yaml", "-o", "json"));

        var error = _desk.Document.GetProperty("errors")[0];
        Assert.Contains("text.no_such_function", error.GetProperty("message").GetString());
        Assert.Equal(2, error.GetProperty("line").GetInt32());
        Assert.Equal(11, error.GetProperty("column").GetInt32());
    }

    [Fact]
    public async Task The_argument_may_be_a_file_and_must_be_JSON()
    {
        _desk.Write("echo.yaml", "main:\n  params: [a]\n  steps:\n    - r: {return: '${a}'}\n");
        _desk.Write("args.json", "[1, 2]");
        Assert.Equal(0, await _desk.Run("run", "echo.yaml", "--args", "@args.json", "-o", "json"));
        Assert.Equal(2, _desk.Document.GetProperty("result").GetArrayLength());

        Assert.Equal(2, await _desk.Run("run", "echo.yaml", "--args", "{n: 1}"));
        Assert.Contains("--args is no JSON", _desk.Talk);
        Assert.Equal(2, await _desk.Run("run", "echo.yaml", "--args", "@missing.json"));
    }

    [Fact]
    public async Task Variables_come_from_the_command_line_the_project_and_the_run()
    {
        _desk.Write("cairn.yaml", "cairn: 1\nname: kitchen\nenvironment: {A: project, B: project}\n");
        _desk.Write("env.yaml", """
            - a:
                return:
                  - ${sys.get_env("A")}
                  - ${sys.get_env("B")}
                  - ${sys.get_env("GOOGLE_CLOUD_PROJECT_ID")}
                  - ${sys.get_env("GOOGLE_CLOUD_WORKFLOW_ID")}
            """);

        Assert.Equal(0, await _desk.Run("run", "env.yaml", "--env", "B=given", "-o", "json"));

        Assert.Equal(
            ["project", "given", "kitchen", "env"],
            _desk.Document.GetProperty("result").EnumerateArray().Select(item => item.GetString()));
    }

    [Fact]
    public async Task Leniency_is_a_flag_or_a_word_of_the_project()
    {
        _desk.Write("loose.yaml", "- a: {assign: [{m: {}}]}\n- b: {return: '${m.nope}'}\n");
        Assert.Equal(1, await _desk.Run("run", "loose.yaml"));
        Assert.Equal(0, await _desk.Run("run", "loose.yaml", "--lenient"));
        _desk.Write("cairn.yaml", "cairn: 1\nlenient: true\n");
        Assert.Equal(0, await _desk.Run("run", "loose.yaml"));
    }

    [Fact]
    public async Task Limits_of_the_project_hold()
    {
        _desk.Write("cairn.yaml", "cairn: 1\nlimits: {flow.steps: 50}\n");
        _desk.Write("loop.yaml", "- a: {next: a}\n");
        Assert.Equal(1, await _desk.Run("run", "loop.yaml", "-o", "json"));
        Assert.Equal(
            "ResourceLimitError",
            _desk.Document.GetProperty("error").GetProperty("payload").GetProperty("tags")[0].GetString());
    }

    [Fact]
    public async Task A_run_is_looked_at_and_run_again()
    {
        _desk.Write("fail.yaml", Failing);
        await _desk.Run("run", "fail.yaml");

        Assert.Equal(0, await _desk.Run("runs", "logs", "fail-1"));
        Assert.Contains("[say] WARNING hello", _desk.Output);
        Assert.Equal(0, await _desk.Run("runs", "why", "fail-1"));
        Assert.Contains("step read raised an error", _desk.Output);
        Assert.Equal(0, await _desk.Run("runs", "show", "fail-1", "-o", "json"));
        Assert.Equal(
            ["say", "sub", "read"],
            _desk.Document.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString()));
        Assert.Equal(0, await _desk.Run("runs", "events", "fail-1"));
        Assert.Equal(1, await _desk.Run("runs", "retry", "fail-1", "-o", "json"));
        Assert.Equal("fail-2", _desk.Document.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Flags_of_the_other_language_are_refused()
    {
        _desk.Write("a.yaml", "- a: {return: 1}\n");
        _desk.Write("g.yaml", "workflow:\n  name: g\n  tasks: [{name: t, image: ubuntu, command: ['true']}]\n");
        Assert.Equal(2, await _desk.Run("run", "a.yaml", "--set", "k=v"));
        Assert.Contains("--args", _desk.Talk);
        Assert.Equal(2, await _desk.Run("run", "g.yaml", "--args", "1"));
        Assert.Contains("--set", _desk.Talk);
    }
}

using Cairn.Flows.Compiling;
using Cairn.Flows.Trials;

namespace Cairn.Flows.Tests.Trials;

/// <summary>`cairn test`: mocks, faults, the clock, expectations, and what a test that does not hold says.</summary>
public sealed class TrialTests
{
    private const string Asking = """
        main:
          params: [args]
          steps:
            - ask:
                try: {call: http.get, args: {url: "https://a.test/x", query: {q: "${args.q}"}}, result: r}
                except:
                  as: e
                  steps:
                    - failed: {raise: "${e}"}
            - log: {call: sys.log, args: {text: "${r.body}"}}
            - choose:
                switch:
                  - {condition: '${r.body == "long"}', next: wait}
            - short: {return: "${r.body}"}
            - wait: {call: sys.sleep, args: {seconds: 90}}
            - long: {return: "${r.body}"}
        """;

    [Fact]
    public void A_mock_by_function_answers_every_call() =>
        Passes(Asking, "args: {q: 1}, mocks: [{call: http.get, status: 200, body: hi}], expect: {result: hi}");

    [Fact]
    public void A_mock_by_step_answers_that_step() =>
        Passes(Asking, "args: {q: 1}, mocks: [{step: ask, status: 200, body: hi}], expect: {result: hi}");

    [Fact]
    public void A_mock_with_arguments_answers_only_calls_that_have_them() =>
        Passes(
            Asking,
            "args: {q: 1}, expect: {result: one}, mocks: ["
            + "{call: http.get, args: {query: {q: 2}}, status: 200, body: two},"
            + "{call: http.get, args: {query: {q: 1}}, status: 200, body: one}]");

    [Fact]
    public void Time_passes_only_on_the_tests_own_clock() =>
        Passes(
            Asking, "args: {q: 1}, mocks: [{step: ask, status: 200, body: long}], expect: {result: long, elapsed: 90}");

    [Fact]
    public void An_answer_may_take_its_time() =>
        Passes(
            Asking,
            "args: {q: 1}, mocks: [{step: ask, status: 200, body: hi, after: 30}], expect: {result: hi, elapsed: 30}");

    [Theory]
    [InlineData("status: 404", "error: {code: 404}, tags: [HttpError]")]
    [InlineData("fault: refused", "tags: [ConnectionFailedError]")]
    [InlineData("fault: broken", "tags: [ConnectionError]")]
    [InlineData("fault: timeout", "tags: [TimeoutError], elapsed: 1800")]
    [InlineData("error: {code: 7, why: x}", "error: {code: 7}")]
    [InlineData("error: just text", "error: just text")]
    public void A_fault_reaches_the_flow_as_the_language_has_it(string answer, string expected) =>
        Passes(Asking, $"args: {{q: 1}}, mocks: [{{step: ask, {answer}}}], expect: {{{expected}}}");

    [Fact]
    public void Logs_calls_and_steps_are_compared() =>
        Passes(
            Asking,
            "args: {q: 1}, mocks: [{step: ask, status: 200, body: hi}], expect: {result: hi, logs: [hi], "
            + "calls: [{call: http.get, step: ask, args: {query: {q: 1}}}], reaches: [short], avoids: [long, failed]}");

    [Theory]
    [InlineData("result: ho", "result: expected \"ho\", got \"hi\"")]
    [InlineData("error: {code: 1}", "expected an error, got the result \"hi\"")]
    [InlineData("result: hi, elapsed: 5", "elapsed: expected 5 s, got 0 s")]
    [InlineData("result: hi, calls: []", "call 1: expected no more, got http.get of step 'ask'")]
    [InlineData("result: hi, calls: [http.post]", "call 1: expected http.post, got http.get")]
    [InlineData("result: hi, calls: [http.get, http.get]", "call 2: expected http.get, got no more")]
    [InlineData("result: hi, reaches: [long]", "expected step 'long' to be executed, it was not")]
    [InlineData("result: hi, avoids: [short]", "expected step 'short' not to be executed, it was")]
    [InlineData("result: hi, logs: [ho]", "logs: expected\n  ho\ngot\n  hi")]
    public void What_is_not_as_expected_is_said(string expected, string message) =>
        Assert.Equal(
            [message],
            Only(Asking, $"args: {{q: 1}}, mocks: [{{step: ask, status: 200, body: hi}}], expect: {{{expected}}}")
                .Failures);

    [Fact]
    public void A_double_is_not_an_integer()
    {
        var outcome = Only("- a: {return: 1.0}", "expect: {result: 1}");

        Assert.Equal(["result: expected 1, got 1.0"], outcome.Failures);
    }

    [Fact]
    public void A_call_without_mock_fails_the_test_and_names_itself()
    {
        var failure = Assert.Single(Only(Asking, "args: {q: 1}, expect: {result: hi}").Failures);

        Assert.Contains("step 'ask' calls http.get and no mock answers", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_that_runs_out_fails_the_test()
    {
        const string twice = """
            - a: {call: http.get, args: {url: "https://a.test"}}
            - b: {call: http.get, args: {url: "https://a.test"}}
            """;

        var outcome = Only(
            twice, "mocks: [{call: http.get, sequence: [{status: 200}]}], expect: {result: null}");
        var failure = Assert.Single(outcome.Failures);

        Assert.Contains("has 1 answers, and step 'b' asks once more", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_callback_arrives_when_it_is_due() =>
        Passes(
            """
            - a: {call: events.create_callback_endpoint, args: {http_callback_method: POST}, result: cb}
            - b: {call: events.await_callback, args: {callback: "${cb}"}, result: r}
            - c: {return: "${r.http_request.body.x}"}
            """,
            "callbacks: [{after: 60, body: {x: 5}}], expect: {result: 5, elapsed: 60}");

    [Fact]
    public void A_callback_that_nobody_sends_ends_by_its_own_time() =>
        Passes(
            """
            - a: {call: events.create_callback_endpoint, args: {http_callback_method: POST}, result: cb}
            - b: {call: events.await_callback, args: {callback: "${cb}", timeout: 10}, result: r}
            """,
            "expect: {tags: [TimeoutError], elapsed: 10}");

    [Fact]
    public void Environment_and_time_are_the_tests_own() =>
        Passes(
            "- a: {return: '${sys.get_env(\"K\") + \" \" + time.format(sys.now())}'}",
            "env: {K: v}, now: \"2030-01-01T00:00:00Z\", expect: {result: \"v 2030-01-01T00:00:00.000000Z\"}");

    [Fact]
    public void An_endless_flow_ends_by_its_steps() =>
        Passes("- a: {next: a}", "expect: {tags: [ResourceLimitError]}");

    [Fact]
    public void Coverage_names_what_no_test_executed()
    {
        var coverage = Run(
            Asking, "args: {q: 1}, mocks: [{step: ask, status: 200, body: hi}], expect: {result: hi}").Coverage!;

        var unseen = coverage.Steps.Where(step => !step.IsCovered).Select(step => step.Name);
        Assert.Equal(["failed", "wait", "long"], unseen);
        var missed = Assert.Single(coverage.Branches, branch => !branch.IsCovered);
        Assert.Equal(("choose", true, 13), (missed.Step, missed.IsMet, missed.Line));
        Assert.Equal(2, coverage.Branches.Count);
    }

    [Fact]
    public void A_flow_that_does_not_compile_gives_its_errors()
    {
        var report = Run("- a: {next: nowhere}", "expect: {result: 1}");

        Assert.Empty(report.Outcomes);
        Assert.Contains("nowhere", Assert.Single(report.Problems).Message, StringComparison.Ordinal);
    }

    private static void Passes(string flow, string trial) => Assert.Empty(Only(flow, trial).Failures);

    private static TrialOutcome Only(string flow, string trial) => Assert.Single(Run(flow, trial).Outcomes);

    private static TrialReport Run(string flow, string trial)
    {
        var (file, problems) = TrialFileReader.Read("a.test.yaml", $"tests: [{{name: it, {trial}}}]\n");
        Assert.Empty(problems);
        return TrialRunner.Run(file!, new FlowSource("a.yaml", flow), static _ => true);
    }
}

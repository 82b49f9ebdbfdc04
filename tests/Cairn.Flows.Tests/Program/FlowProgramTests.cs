using System.Text;
using Cairn.Engine.Effects;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;
using Cairn.Flows.Compiling;

namespace Cairn.Flows.Tests.Program;

/// <summary>The program of a flow and its conversation with the engine.</summary>
public sealed class FlowProgramTests
{
    private const string Get =
        """
        - a: {call: http.get, args: {url: "http://h"}, result: r}
        - b: {return: "${r.code}"}
        """;

    [Fact]
    public void A_call_is_asked_for_with_its_arguments_and_goes_on_with_its_answer()
    {
        var run = new FlowRun(Get).Start();

        Assert.Equal("http.read", run.Asked.Ask.Kind);
        Assert.Equal("a", run.Asked.Ask.Label);
        Assert.Equal(
            """{"call":"http.get","args":{"url":"http://h"}}""", Encoding.UTF8.GetString(run.Asked.Ask.Request.Span));
        Assert.Equal("200", run.Answer(run.Asked.Effect, """{"result":{"code":200}}""").Result);
    }

    [Fact]
    public void A_request_recovers_by_its_method()
    {
        const string source =
            """
            main:
              params: [m]
              steps:
                - a: {call: http.request, args: {method: "${m}", url: "http://h"}}
            """;
        Assert.Equal("http.read", new FlowRun(source).Start("\"HEAD\"").Asked.Ask.Kind);
        Assert.Equal("http.write", new FlowRun(source).Start("\"DELETE\"").Asked.Ask.Kind);
    }

    [Fact]
    public void An_answer_that_was_lost_is_a_ConnectionError()
    {
        var run = new FlowRun("- a: {call: http.post, args: {url: \"http://h\"}}\n").Start();
        Assert.Contains("\"ConnectionError\"", run.Answer(run.Asked.Effect, "", Ending.Unknown).Error);
    }

    [Fact]
    public void A_call_past_its_time_is_stopped_and_its_late_answer_ignored()
    {
        var run = new FlowRun("""
            - a:
                try: {call: http.get, args: {url: "http://h", timeout: 5}}
                except: {as: e, steps: [{n: {call: sys.sleep, args: {seconds: 9}}}, {h: {return: "${e.tags[0]}"}}]}
            """).Start();
        var effect = run.Asked.Effect;
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(5), run.Timer.Due);

        run.Fire(run.Timer.Timer);

        var told = Assert.Single(run.Commands.OfType<Command.Told>());
        Assert.Equal((effect, "{\"stop\":true}"), (told.Effect, Encoding.UTF8.GetString(told.Message.Span)));
        var nap = run.Timer.Timer;
        Assert.Empty(run.Answer(effect, """{"result":1}""").Commands);
        Assert.Equal("\"TimeoutError\"", run.Fire(nap).Result);
    }

    [Fact]
    public void A_connector_repeats_what_its_kind_allows_and_then_raises()
    {
        var run = new FlowRun(
            "- a: {call: googleapis.storage.v1.objects.get, args: {bucket: b, object: o}}\n").Start();
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            run.Answer(run.Asked.Effect, """{"error":{"tags":["HttpError"],"code":503}}""");
            var wait = (run.Timer.Due - DateTimeOffset.UnixEpoch).TotalSeconds;
            Assert.Equal(Math.Pow(1.25, attempt - 1), wait, 0.000001);
            run.SaveAndRestore().Fire(run.Timer.Timer);
            Assert.Equal(attempt, run.Asked.Ask.Attempt);
        }

        Assert.Contains("503", run.Answer(run.Asked.Effect, """{"error":{"tags":["HttpError"],"code":503}}""").Error);
    }

    [Fact]
    public void A_connector_that_writes_does_not_repeat_a_502()
    {
        var run = new FlowRun(
            "- a: {call: googleapis.storage.v1.objects.delete, args: {bucket: b, object: o}}\n").Start();
        Assert.Contains("502", run.Answer(run.Asked.Effect, """{"error":{"tags":["HttpError"],"code":502}}""").Error);
    }

    [Fact]
    public void An_endless_loop_lets_a_cancel_in()
    {
        var limits = new FlowOptions { Limits = new FlowLimits { Steps = long.MaxValue } };
        var run = new FlowRun("- a: {next: a}\n", limits).Start();
        Assert.Null(run.End);
        run.SaveAndRestore().Fire(run.Timer.Timer);
        Assert.Null(run.End);

        run.Arrive(InboxKind.Cancel, """{"by":"me","message":"enough"}""");

        Assert.Equal(("CANCELLED", Outcome.Cancelled), (run.End!.State, run.End.Outcome));
        Assert.Equal("cancelled by me: enough", run.Describe().GetProperty("reason").GetString());
    }

    [Fact]
    public void A_request_that_came_before_it_is_awaited_is_kept()
    {
        var run = new FlowRun("""
            - a: {call: events.create_callback_endpoint, result: cb}
            - n: {call: sys.sleep, args: {seconds: 1}}
            - b: {call: events.await_callback, args: {callback: "${cb}"}, result: r}
            - c: {return: "${r.http_request.body}"}
            """).Start();
        run.Answer(run.Asked.Effect, """{"result":{"url":"http://cb"}}""");
        var nap = run.Timer.Timer;

        run.Arrive(InboxKind.Signal, """{"callback":"http://cb","value":{"http_request":{"body":5}}}""");

        Assert.Equal("5", run.SaveAndRestore().Fire(nap).Result);
    }

    [Fact]
    public void A_request_for_nobody_changes_nothing()
    {
        var run = new FlowRun("- n: {call: sys.sleep, args: {seconds: 1}}\n").Start();
        Assert.Empty(run.Arrive(InboxKind.Signal, """{"callback":"http://other","value":1}""").Commands);
    }

    [Fact]
    public void A_saved_run_goes_on_where_it_was()
    {
        var run = new FlowRun("""
            main:
              steps:
                - init: {assign: [{sum: 0}]}
                - loop:
                    for:
                      value: v
                      index: i
                      in: [1, 2.5, 3]
                      steps:
                        - t:
                            try: {assign: [{sum: "${sum + wait(v)}"}]}
                            except: {as: e, steps: [{h: {raise: "${e}"}}]}
                - done: {return: "${sum}"}
            wait:
              params: [x]
              steps:
                - nap: {call: sys.sleep, args: {seconds: 1}}
                - out: {return: "${x * 2}"}
            """).Start();
        for (var i = 0; i < 3; i++)
            run.SaveAndRestore().Fire(run.Timer.Timer);
        Assert.Equal("13.0", run.Result);
    }

    [Fact]
    public void Limits_may_be_raised()
    {
        const string source =
            "main:\n  steps: [{a: {return: '${down(30)}'}}]\ndown:\n  params: [n]\n  steps:\n"
            + "    - a: {switch: [{condition: '${n == 0}', return: 0}]}\n    - b: {return: '${down(n - 1)}'}\n";
        Assert.Contains("RecursionError", new FlowRun(source).Start().Error);
        var raised = new FlowOptions { Limits = new FlowLimits { CallDepth = 40 } };
        Assert.Equal("0", new FlowRun(source, raised).Start().Result);
    }

    [Fact]
    public void What_a_run_waits_for_is_said_in_words()
    {
        var run = new FlowRun("- nap: {call: sys.sleep, args: {seconds: 60}}\n").Start();
        Assert.Equal(
            "nap: the end of its sleep at 1970-01-01T00:01:00.000Z",
            run.Describe().GetProperty("waiting_for").GetString());
        Assert.Equal("RUNNING", run.Describe().GetProperty("steps")[0].GetProperty("state").GetString());
    }

    [Fact]
    public void The_execution_id_is_the_uid_of_the_run() => Assert.Equal(
        $"\"{new RunUid(7)}\"",
        new FlowRun("- a: {return: '${sys.get_env(\"GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID\")}'}\n").Start().Result);

    [Fact]
    public void Executions_are_mapped_over_arguments_and_their_results_keep_the_order()
    {
        var run = new FlowRun("""
            - a: {call: experimental.executions.map, args: {workflow_id: child, arguments: [10, 20]}, result: r}
            - b: {return: "${r}"}
            """).Start();
        var asked = run.Commands.OfType<Command.Asked>().ToList();
        Assert.Equal(["child", "child"], asked.Select(one => one.Ask.Kind));
        Assert.Contains("\"argument\":10", Encoding.UTF8.GetString(asked[0].Ask.Request.Span));

        run.SaveAndRestore().Answer(asked[1].Effect, """{"result":"second"}""");
        run.Answer(asked[0].Effect, """{"result":"first"}""");

        Assert.Equal("""["first","second"]""", run.Result);
    }
}

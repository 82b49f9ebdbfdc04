using System.Text;
using Cairn.Graphs.Program;

namespace Cairn.Graphs.Tests.Program;

/// <summary>Restart: spec/osmo.md 3.10.</summary>
public sealed class RestartTests
{
    private static readonly GraphDefinition Chain = new() { Spec = Graphs.Spec(Samples.Chain) };

    private static byte[] Bytes(GraphLoop loop) => Encoding.UTF8.GetBytes(loop.Description.ToJsonString());

    [Fact]
    public void A_restart_keeps_the_groups_that_failed_and_reads_the_rest_from_the_old_run()
    {
        var loop = new GraphLoop(Chain).Start();
        loop.Exit("a");
        loop.Exit("d");
        loop.Exit("b", 1);

        var plan = Assert.IsType<GraphRestart.Planned>(GraphRestart.Failed(Chain, "g-1", Bytes(loop))).Definition;

        Assert.Equal(["b-group", "c-group"], plan.Spec.Groups.Select(group => group.Name));
        var again = new GraphLoop(plan).Start("g-2");
        Assert.Equal("g-1", again.Orders["b"].Inputs[0].Workflow);
        again.Exit("b");
        Assert.Null(again.Orders["c"].Inputs[0].Workflow);
        again.Exit("c");
        Assert.Equal("COMPLETED", again.EndState);
    }

    [Fact]
    public void A_run_that_did_not_fail_is_not_restarted()
    {
        var loop = new GraphLoop(Samples.One).Start();
        loop.Exit("a");

        var plan = GraphRestart.Failed(new GraphDefinition { Spec = Graphs.Spec(Samples.One) }, "g-1", Bytes(loop));

        Assert.Equal(
            "Restart can only be used on FAILED workflows: Workflow g-1 has status COMPLETED",
            Assert.IsType<GraphRestart.Refused>(plan).Message);
    }

    [Fact]
    public void A_retry_from_a_task_repeats_it_and_all_behind_it()
    {
        var plan = Assert.IsType<GraphRestart.Planned>(GraphRestart.From(Chain, "g-1", "b")).Definition;

        Assert.Equal(["b-group", "c-group"], plan.Spec.Groups.Select(group => group.Name));
        Assert.Equal("g-1", plan.RestartOf);
    }

    [Fact]
    public void A_retry_from_an_unknown_task_is_refused() =>
        Assert.Equal(
            "Workflow g-1 has no task nope",
            Assert.IsType<GraphRestart.Refused>(GraphRestart.From(Chain, "g-1", "nope")).Message);
}

using Cairn.Simulation.Runs;
using Cairn.Simulation.Seeds;

namespace Cairn.Simulation.Graphs;

/// <summary>Graphs with groups, barriers, leads, rescheduling, timeouts and upstream failures, through
/// faults.</summary>
public sealed class GraphSimulationTests
{
    [Fact]
    public void With_faults_every_graph_ends_in_the_states_that_it_has_without()
    {
        foreach (var seed in SeedSource.Seeds(150, 200_000, out _))
        {
            SortedDictionary<string, string> states = new(StringComparer.Ordinal);

            // An executor reports the phases of a task in their order, so none comes late.
            var drawn = Plan.Of(seed);
            var plan = drawn with { Runs = [], Weather = drawn.Weather with { Late = 0 } };
            Hold(plan.WithoutFaults(), new GraphStage(seed, states, isFirst: true));
            Hold(plan, new GraphStage(seed, states, isFirst: false));
        }
    }

    private static void Hold(Plan plan, GraphStage stage)
    {
        var verdict = Playthrough.Run(plan, out var trace, stage: stage);
        Assert.True(
            verdict.Broken is null,
            $"seed {plan.Seed}: {verdict.Broken}\n{plan}\n{string.Join('\n', GraphStage.Texts(plan.Seed))}\n"
            + trace.Last(60));
    }
}

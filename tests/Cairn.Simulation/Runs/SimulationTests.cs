using Cairn.Simulation.Seeds;

namespace Cairn.Simulation.Runs;

/// <summary>The promise of architecture 3.2, over many seeds.</summary>
public sealed class SimulationTests
{
    [Fact]
    public void Without_faults_every_script_ends_as_reading_it_says() =>
        Campaign.Hold(From(1, 100), seed => Plan.Of(seed).WithoutFaults());

    [Fact]
    public void With_faults_every_run_ends_as_without()
    {
        var seeds = SeedSource.Seeds(2000, 2_000_000, out var origin);
        Console.WriteLine($"Simulation: {origin}");
        Campaign.Hold(seeds, Plan.Of);
    }

    /// <summary>Seeds that found something once.</summary>
    [Theory]
    [InlineData(173352317280677139)] // A lost commit that only dropped an inbox row was taken for one that is there.
    [InlineData(997164399067661653)] // Told to stop while it waited, an effect ended and was admitted all the same.
    public void A_seed_that_was_broken_once_holds(ulong seed) => Campaign.Hold([seed], Plan.Of);

    [Fact]
    public void The_named_seed_holds() => Campaign.Hold([SeedSource.Named ?? 1], Plan.Of);

    [Fact]
    public void The_same_seed_twice_leaves_the_same_trace()
    {
        foreach (var seed in From(1, 20))
        {
            Playthrough.Run(Plan.Of(seed), out var one);
            Playthrough.Run(Plan.Of(seed), out var two);
            Assert.Equal((one.Count, one.Hash), (two.Count, two.Hash));
        }
    }

    private static IEnumerable<ulong> From(ulong first, int count)
    {
        for (var i = 0; i < count; i++) yield return first + (ulong)i;
    }
}

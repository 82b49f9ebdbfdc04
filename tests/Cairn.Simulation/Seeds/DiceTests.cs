namespace Cairn.Simulation.Seeds;

public sealed class DiceTests
{
    [Fact]
    public void The_first_draws_of_seed_zero_never_change()
    {
        var dice = new Dice(0);

        // Reference: splitmix64(0) = e220a8397b1dcdaf, 6e789e6aa1b965f4, 06c45d188009454f, f88bb8a8724c81ec as the
        // state.
        var second = 0x6e789e6aa1b965f4UL;
        Assert.Equal(System.Numerics.BitOperations.RotateLeft(second * 5, 7) * 9, dice.Bits());
        Assert.Equal(0x99ec5f36cb75f2b4UL, new Dice(0).Bits());
    }

    [Fact]
    public void A_bound_is_never_reached_and_every_number_below_it_comes()
    {
        var dice = new Dice(7);
        var drawn = new SortedSet<int>();
        for (var i = 0; i < 1000; i++) drawn.Add(dice.Below(10));

        Assert.Equal(Enumerable.Range(0, 10), drawn);
    }

    [Fact]
    public void The_same_seed_draws_the_same_twice()
    {
        var (one, two) = (new Dice(42), new Dice(42));

        for (var i = 0; i < 100; i++) Assert.Equal(one.WideBits(), two.WideBits());
    }
}

using Cairn.Engine.Shells;

namespace Cairn.Engine.Tests.Shells;

public sealed class SequenceTableTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_holds_what_a_sorted_dictionary_holds(int seed)
    {
        var random = new Random(seed);
        SequenceTable<string> table = new();
        SortedDictionary<long, string> expected = [];
        long last = 0;
        for (var step = 0; step < 20_000; step++)
        {
            var isGrowing = step / 1000 % 2 == 0;
            var old = random.NextInt64(last + 2);
            if (random.Next(10) < (isGrowing ? 6 : 2)) Set(++last);
            else if (random.Next(10) == 0) Set(old);
            else Assert.Equal(expected.Remove(old), table.Remove(old));
            Assert.Equal(expected.Count, table.Count);
            Assert.Equal(expected.GetValueOrDefault(old), table.TryGet(old, out var found) ? found : null);
        }

        Assert.Equal(expected.Values, table.Values);

        void Set(long sequence)
        {
            var value = $"{sequence} at {last}";
            table.Set(sequence, value);
            expected[sequence] = value;
        }
    }

    [Fact]
    public void What_stays_for_long_does_not_keep_the_place_of_what_came_and_went()
    {
        SequenceTable<string> table = new();
        table.Set(1, "long");
        for (var i = 2; i < 1_000_000; i++)
        {
            table.Set(i, "short");
            Assert.True(table.Remove(i));
        }

        Assert.Equal(["long"], table.Values);
        Assert.InRange(table.Slots, 1, 16);
    }
}

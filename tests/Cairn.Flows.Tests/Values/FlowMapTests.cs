using Cairn.Flows.Values;

namespace Cairn.Flows.Tests.Values;

public sealed class FlowMapTests
{
    [Fact]
    public void Versions_keep_their_own_entries_in_the_order_of_insertion()
    {
        const int seed = 20250302;
        var random = new Random(seed);
        List<(FlowMap Map, List<(string Key, long Value)> Model)> versions = [(FlowMap.Empty, [])];

        for (var round = 0; round < 20_000; round++)
        {
            var (map, model) = versions[random.Next(versions.Count)];
            List<(string Key, long Value)> changed = [.. model];
            var key = $"key{random.Next(60)}";
            var at = changed.FindIndex(entry => entry.Key == key);
            if (random.Next(3) == 0)
            {
                map = map.Without(key);
                if (at >= 0)
                    changed.RemoveAt(at);
            }
            else
            {
                map = map.With(key, FlowValue.Of((long)round));
                if (at >= 0)
                    changed[at] = (key, round);
                else
                    changed.Add((key, round));
            }

            if (versions.Count < 40)
                versions.Add((map, changed));
            else
                versions[random.Next(versions.Count)] = (map, changed);
        }

        Assert.All(versions, version => Assert.Equal(version.Model, Entries(version.Map)));
        Assert.All(versions, version => Assert.All(version.Model, entry =>
            Assert.Equal(entry.Value, version.Map.Get(entry.Key).AsInteger())));
        Assert.All(versions, version => Assert.Equal(
            FlowMap.Of([.. version.Model.Select(entry => (entry.Key, FlowValue.Of(entry.Value)))]).Weight,
            version.Map.Weight));
    }

    [Fact]
    public void A_map_emptied_from_the_front_does_not_grow()
    {
        var map = FlowMap.Empty;

        for (var i = 0; i < 5_000; i++)
        {
            map = map.With($"key{i}", FlowValue.Of((long)i));
            if (i >= 100)
                map = map.Without($"key{i - 100}");
        }

        Assert.Equal(100, map.Count);
        Assert.Equal("key4900", map.Keys.First());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100)]
    public void A_map_of_headers_finds_names_in_any_case(int count)
    {
        var map = FlowMap.Of([.. Enumerable.Range(0, count).Select(i => ($"Header-{i}", FlowValue.Of((long)i)))]);

        var folding = map.Folding(isCaseFolding: true);

        Assert.Equal(1, folding.Get("header-1").AsInteger());
        Assert.True(map.Get("header-1").IsNull);
        Assert.Equal(map.Keys, folding.Keys);
        Assert.Equal(count, folding.With("HEADER-1", FlowValue.Null).Count);
    }

    [Fact]
    public void The_last_of_equal_keys_stands_at_the_place_of_the_first()
    {
        var map = FlowMap.Of(("a", FlowValue.Of(1)), ("b", FlowValue.Of(2)), ("a", FlowValue.Of(3)));

        Assert.Equal([("a", 3L), ("b", 2L)], Entries(map));
    }

    private static List<(string Key, long Value)> Entries(FlowMap map)
    {
        var walked = new List<(string Key, long Value)>();
        foreach (var (key, value) in map)
            walked.Add((key, value.AsInteger()));
        Assert.Equal(map.Count, walked.Count);
        return walked;
    }
}

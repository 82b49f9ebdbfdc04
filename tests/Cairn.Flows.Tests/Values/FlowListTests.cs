using Cairn.Flows.Values;

namespace Cairn.Flows.Tests.Values;

public sealed class FlowListTests
{
    [Fact]
    public void Versions_keep_their_own_elements()
    {
        const int seed = 20250301;
        var random = new Random(seed);
        List<(FlowList List, List<long> Model)> versions = [(FlowList.Empty, [])];

        for (var round = 0; round < 20_000; round++)
        {
            var (list, model) = versions[random.Next(versions.Count)];
            List<long> changed = [.. model];
            if (changed.Count > 0 && random.Next(3) == 0)
            {
                var at = random.Next(changed.Count);
                changed[at] = round;
                list = list.With(at, FlowValue.Of((long)round));
            }
            else
            {
                changed.Add(round);
                list = list.Add(FlowValue.Of((long)round));
            }

            if (versions.Count < 40)
                versions.Add((list, changed));
            else
                versions[random.Next(versions.Count)] = (list, changed);
        }

        Assert.All(versions, version => Assert.Equal(version.Model, Integers(version.List)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(1024)]
    [InlineData(1056)]
    [InlineData(1057)]
    [InlineData(40_000)]
    public void A_list_made_at_once_equals_one_made_by_appending(int count)
    {
        var values = Enumerable.Range(0, count).Select(i => FlowValue.Of((long)i)).ToArray();

        var whole = FlowList.Of(values);
        var grown = values.Aggregate(FlowList.Empty, (list, value) => list.Add(value));

        Assert.Equal(Integers(whole), Integers(grown));
        Assert.Equal(whole.Weight, grown.Weight);
        Assert.Equal(Integers(whole), [.. whole.ToArray().Select(value => value.AsInteger())]);
        Assert.Equal(Integers(whole.Add(FlowValue.Null)).Count(), count + 1);
    }

    [Fact]
    public void A_list_cannot_nest_without_end()
    {
        var value = FlowValue.Null;

        var error = Assert.Throws<FlowError>(() =>
        {
            for (var i = 0; i <= FlowBounds.Depth; i++)
                value = FlowValue.ListOf(value);
        });

        Assert.Equal(FlowBounds.Depth, value.Depth);
        Assert.StartsWith("ResourceLimitError: ", error.Value.AsMap().Get("message").AsText());
    }

    private static IEnumerable<long> Integers(FlowList list)
    {
        var walked = new List<long>();
        foreach (var item in list)
            walked.Add(item.IsNull ? -1 : item.AsInteger());
        Assert.Equal(walked, Enumerable.Range(0, list.Count).Select(i => list[i].IsNull ? -1 : list[i].AsInteger()));
        return walked;
    }
}

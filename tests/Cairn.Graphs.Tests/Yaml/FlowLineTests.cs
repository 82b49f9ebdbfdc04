using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Tests.Yaml;

/// <summary>Places in texts whose brackets and quotes go on at or left of their key.</summary>
public sealed class FlowLineTests
{
    [Fact]
    public void Places_behind_moved_lines_are_those_of_the_text_as_written()
    {
        var reading = YamlReader.Read("x:\n    a: [\n  one, two,\nthree]\n    b: four\n");

        var map = (YamlNode.Map)((YamlNode.Map)reading.Node!).Entries[0].Value;
        var items = ((YamlNode.List)map.Entries[0].Value).Items;
        Assert.Equal(
            [new Mark(3, 3), new Mark(3, 8), new Mark(4, 1)], items.Select(item => item.Mark));
        Assert.Equal(new Mark(5, 8), map.Entries[1].Value.Mark);
    }

    [Fact]
    public void A_fault_behind_moved_lines_is_named_where_it_is()
    {
        var reading = YamlReader.Read("x:\n  - [\n  a]\n  - *nobody\n");

        Assert.Contains("nobody", reading.Message);
        Assert.Equal(new Mark(4, 5), reading.Mark);
    }

    [Theory]
    [InlineData("x:\n  a: [\n1,\n")]
    [InlineData("x:\n  a: \"one\ntwo\n")]
    [InlineData("- [a, -]\n- {\n")]
    [InlineData("x: {a: [}\n]\n")]
    public void What_has_no_end_is_refused(string text) => Assert.Null(YamlReader.Read(text).Node);
}

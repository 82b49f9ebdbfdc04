namespace Cairn.Conformance.Tables;

/// <summary>The tables themselves: they load, and they are as many as promised.</summary>
public sealed class CaseFileTests
{
    [Fact]
    public void The_tables_hold_more_than_a_thousand_rows() => Assert.True(CaseFile.All.Count > 1000);

    [Fact]
    public void Each_section_of_the_language_has_its_table()
    {
        var tables = CaseFile.All.Keys.Select(name => name.Split('-')[0]).Distinct();

        Assert.Equal(
            ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8", "1.9",
                "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "3.1", "3.2", "4", "5", "9"],
            tables);
    }
}

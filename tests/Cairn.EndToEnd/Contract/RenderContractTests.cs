using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.Contract;

/// <summary>The published examples of the JSON contract, through the real program.</summary>
public sealed class RenderContractTests
{
    public static TheoryData<string> Examples => [.. ContractExample.Files];

    [Fact]
    public void There_are_examples() => Assert.True(ContractExample.Files.Count() >= 3);

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_renders_as_published(string file)
    {
        using var bench = new Workbench();
        var example = new ContractExample(file);

        example.Check(await example.RenderAsync(bench));
    }
}

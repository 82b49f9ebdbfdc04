using Cairn.Cli.Composition;

namespace Cairn.Cli.Tests.Flows;

/// <summary>Flows and graphs are told apart by what stands in them.</summary>
public sealed class SourceLanguageTests
{
    [Theory]
    [InlineData("- a: {return: 1}")]
    [InlineData("# a comment\n\nmain:\n  steps: []")]
    [InlineData("other:\n  steps: []\nmain:\n  steps: []")]
    [InlineData("\"main\":\n  steps: []")]
    [InlineData("sub:\n  params: [a]\n  steps: []")]
    [InlineData("[{\"a\": {\"return\": 1}}]")]
    [InlineData("{\"main\": {\"steps\": []}}")]
    [InlineData("---\n- a: {return: 1}")]
    public void A_flow_is_a_list_of_steps_or_a_map_of_routines(string text) => Assert.True(SourceLanguage.IsFlow(text));

    [Theory]
    [InlineData("workflow:\n  name: x\n  tasks: []")]
    [InlineData("version: 2\nworkflow:\n  name: x")]
    [InlineData("default-values:\n  a: 1\nworkflow: {}")]
    [InlineData("{% set a = 1 %}\nworkflow: {}")]
    [InlineData("{\"workflow\": {\"name\": \"main\"}}")]
    [InlineData("")]
    [InlineData("just text")]
    public void Anything_else_is_taken_for_a_graph(string text) => Assert.False(SourceLanguage.IsFlow(text));
}

using Cairn.Flows.Sources;

namespace Cairn.Flows.Tests.Sources;

/// <summary>T01: unquoted expressions get quotes before YAML sees them, and nothing else is touched.</summary>
public sealed class LooseTextTests
{
    [Theory]
    [InlineData("a: ${b + \": \"}", "a: '${b + \": \"}'")]
    [InlineData("- ${x[\"a #b\"]}", "- '${x[\"a #b\"]}'")]
    [InlineData("- a: ${json.encode({\"k\": 1})} # note", "- a: '${json.encode({\"k\": 1})}' # note")]
    [InlineData("a: ${f({\n    \"k\": \"it's\"\n  })}\nb: 1", "a: '${f({ \"k\": \"it''s\" })}'\nb: 1")]
    [InlineData("a:\n  ${b + \": \"}", "a:\n  '${b + \": \"}'")]
    [InlineData("a: ${!(b)}", "a: '${!(b)}'")]
    public void An_expression_that_YAML_would_tear_apart_is_quoted(string text, string expected) =>
        Assert.Equal(expected, LooseText.Edit(text).Apply());

    [Theory]
    [InlineData("a: ${b + 1}")]
    [InlineData("a: '${b + \": \"}'")]
    [InlineData("a: \"${b + \\\": \\\"}\"")]
    [InlineData("# a: ${b + \": \"}")]
    [InlineData("a: |\n  b: ${c + \": \"}\n  d: ${e: 1}")]
    [InlineData("a: ${b} and: more")]
    [InlineData("a: {b: ${c}}")]
    [InlineData("a: text ${b + \": \"}")]
    public void All_else_stays(string text) => Assert.True(LooseText.Edit(text).IsEmpty);

    [Fact]
    public void Places_lead_back_to_the_original_text()
    {
        const string text = "a: ${f({\n  \"k\": 1})}\nb: 2";
        var edits = LooseText.Edit(text);
        var edited = edits.Apply();

        var of = new SourceSpan(edited.IndexOf("b: 2", StringComparison.Ordinal), 4);

        Assert.Equal(new SourceSpan(text.IndexOf("b: 2", StringComparison.Ordinal), 4), edits.Original(of));
    }
}

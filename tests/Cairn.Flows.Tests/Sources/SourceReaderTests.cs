using System.Diagnostics;
using Cairn.Flows.Compiling;
using Cairn.Flows.Sources;

namespace Cairn.Flows.Tests.Sources;

/// <summary>Sources as nodes with places; bad ones as messages.</summary>
public sealed class SourceReaderTests
{
    [Fact]
    public void Nodes_know_where_they_stand()
    {
        var (root, source, _) = Read("a:\n  - b: text\n    c: 'it''s'\n");

        var first = (SourceNode.Map)((SourceNode.List)((SourceNode.Map)root!)["a"]!).Items[0];

        Assert.Equal(new SourcePlace(2, 8, 4), source.PlaceOf(first["b"]!.Span));
        Assert.Equal(new SourcePlace(3, 8, 7), source.PlaceOf(first["c"]!.Span));
        Assert.Equal("it's", ((SourceNode.Scalar)first["c"]!).Text);
    }

    [Fact]
    public void A_JSON_source_is_read_with_places_and_escapes()
    {
        var (root, source, findings) = Read("""{"mäin": ["\u00e4\ud83d\ude00", 1.0, null]}""");

        var list = (SourceNode.List)((SourceNode.Map)root!)["mäin"]!;

        Assert.False(findings.Failed);
        Assert.Equal("ä😀", ((SourceNode.Scalar)list.Items[0]).Text);
        Assert.Equal(CoreKind.Double, ((SourceNode.Scalar)list.Items[1]).Value.Kind);
        Assert.Equal(1, source.PlaceOf(list.Items[1].Span).Line);
        Assert.Equal(33, source.PlaceOf(list.Items[1].Span).Column);
    }

    [Theory]
    [InlineData("a: {b: 1", 1)]
    [InlineData("a: b: c", 1)]
    [InlineData("a:\n  - *nowhere", 2)]
    [InlineData("a: 1\na: 2", 2)]
    [InlineData("a: 1\n---\nb: 2", 2)]
    [InlineData("a: &x [*x]", 1)]
    [InlineData("a: !!set {b}", 1)]
    [InlineData("? [1]\n: 2", 1)]
    [InlineData("a: \"\\q\"", 1)]
    [InlineData("a: 1\u0001", 1)]
    public void A_broken_source_names_its_line(string text, int line)
    {
        var (_, _, findings) = Read(text);
        Assert.Contains(findings.Errors, error => error.Line == line);
    }

    [Fact]
    public void Nesting_ends_in_a_message_and_not_in_a_broken_stack()
    {
        var (root, _, findings) = Read("a: " + new string('[', 100_000));
        Assert.Null(root);
        Assert.Contains("levels deep", findings.Errors[0].Message);
    }

    [Fact]
    public void Aliases_that_multiply_end_in_a_message()
    {
        var lines = Enumerable.Range(1, 9)
            .Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]");
        var (_, _, findings) = Read("a0: &a0 [x]\n" + string.Join('\n', lines));
        Assert.Contains("nodes", findings.Errors[0].Message);
    }

    [Fact]
    public void A_source_of_5_MB_is_read()
    {
        var text = string.Concat(Enumerable.Range(0, 50_000).Select(i =>
            $"- step_{i}:\n    assign:\n      - name_of_a_variable: \"some text that is {i} long\"\n      - b: {i}\n"));
        Assert.True(text.Length > 5_000_000);
        var watch = Stopwatch.StartNew();

        var outcome = FlowCompiler.Compile(new FlowSource("large.yaml", text), new FlowOptions());

        Assert.NotNull(outcome.Flow);
        Assert.Contains(outcome.Warnings, warning => warning.Code == "T02");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"it took {watch.Elapsed}");
    }

    [Fact]
    public void Line_breaks_of_Windows_count_once()
    {
        var (root, source, _) = Read("a: 1\r\nb: 2\r\nc: 3\r\n");
        Assert.Equal(3, source.PlaceOf(((SourceNode.Map)root!).Find("c")!.Key.Span).Line);
    }

    private static (SourceNode? Root, SourceText Source, Findings Findings) Read(string text)
    {
        var source = new SourceText(text);
        var findings = new Findings(source, "flow.yaml", new FlowOptions());
        return (SourceReader.Read(source, findings), source, findings);
    }
}

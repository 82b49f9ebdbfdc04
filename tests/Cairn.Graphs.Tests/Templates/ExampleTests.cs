using System.Text.Json;
using Cairn.Graphs.Templates;

namespace Cairn.Graphs.Tests.Templates;

public sealed class ExampleTests
{
    public static TheoryData<string, string> Examples()
    {
        var data = new TheoryData<string, string>();
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Templates", "examples.table"))
            .Where(static line => line.Length > 0 && line[0] != '#').ToArray();
        for (var i = 0; i < lines.Length; i += 2)
            data.Add(JsonSerializer.Deserialize<string>(lines[i])!, lines[i + 1].Trim());
        return data;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_of_the_table_renders_as_written(string template, string expected)
    {
        var outcome = Rendering.Of(template);

        var shown = outcome.Error is { } error
            ? $"!! {error.Kind}: {error.Message}"
            : $"=> {outcome.Text}";
        var mark = expected.IndexOf('"', StringComparison.Ordinal);
        Assert.Equal(expected[..mark] + JsonSerializer.Deserialize<string>(expected[mark..]), shown);
    }

    [Fact]
    public void An_error_names_file_line_and_column_and_wraps_as_the_original_does()
    {
        var error = Rendering.Of("a\n  {{ storage_url }}").Error;

        Assert.NotNull(error);
        Assert.Equal(("t.yaml", 2, 3), (error.File, error.Line, error.Column));
        Assert.Equal("Jinja substitution failure: UndefinedError: 'storage_url' is undefined", error.Wrapped);
        Assert.Contains("--set", error.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ n }}", true)]
    [InlineData("{{ n }}\n", true)]
    [InlineData(" {{ n }}", false)]
    [InlineData("{{ n }}{{ m }}", false)]
    [InlineData("{{ n }}{# c #}", false)]
    [InlineData("{% if n %}1{% endif %}", false)]
    [InlineData("plain", false)]
    public void A_text_that_is_one_expression_says_so(string template, bool expected)
    {
        var parsed = Assert.IsType<TemplateParse.Parsed>(Template.Parse(template, "t.yaml"));

        Assert.Equal(expected, parsed.Template.IsSoleExpression);
    }

    [Fact]
    public void A_rendering_leaves_the_variables_as_they_were()
    {
        var parsed = Assert.IsType<TemplateParse.Parsed>(
            Template.Parse("{{ l.append(4) }}{{ d.update(a=9) }}{{ l }}{{ d.a }}", "t.yaml"));
        var variables = Variables.Values();

        var first = parsed.Template.Render(variables, TemplateLimits.Default);
        var second = parsed.Template.Render(variables, TemplateLimits.Default);

        Assert.Equal(new TemplateOutcome.Rendered("NoneNone[3, 1, 2, 4]9"), first);
        Assert.Equal(first, second);
    }
}

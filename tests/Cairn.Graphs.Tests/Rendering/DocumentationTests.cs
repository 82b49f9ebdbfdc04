using System.Text.RegularExpressions;
using Cairn.Graphs.Rendering;

namespace Cairn.Graphs.Tests.Rendering;

/// <summary>The examples of docs/graphs.md are graphs.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Page =
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "graphs.md")).ReplaceLineEndings("\n");

    [Fact]
    public void Every_example_of_the_page_renders()
    {
        var examples = Example().Matches(Page);

        Assert.True(examples.Count >= 5);
        Assert.All(examples, example =>
        {
            var set = example.Groups["set"].Value;
            var outcome = Graphs.Render(
                example.Groups["text"].Value, new GraphValues { Set = set.Length > 0 ? [set] : [] });
            Assert.True(outcome.Spec is not null, outcome.JsonText());
        });
    }

    [Fact]
    public void Every_warning_that_the_page_names_is_given_and_the_other_way_round()
    {
        var table = Page[Page.IndexOf("## What is reported", StringComparison.Ordinal)..];
        var named = Code().Matches(table[..table.IndexOf("## Runs", StringComparison.Ordinal)])
            .Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(Given, named);
    }

    private static readonly string[] Given =
    [
        "duration-negative", "env-cut", "field-ignored", "key-is-boolean", "key-repeated", "many-tasks", "not-portable",
        "reschedule-without-retries", "resource-not-positive", "second-pass-quoting", "set-lossy", "set-truthy",
        "set-unused", "token-unknown",
    ];

    [GeneratedRegex(
        "^```yaml graph(?: set=(?<set>[^\n]+))?\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("`([a-z]+(?:-[a-z]+)+)`")]
    private static partial Regex Code();
}

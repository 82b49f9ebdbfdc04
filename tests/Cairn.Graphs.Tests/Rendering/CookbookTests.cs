using Cairn.Graphs.Rendering;

namespace Cairn.Graphs.Tests.Rendering;

/// <summary>A small graph for each pattern of spec/osmo.md 9; each renders with `storage_url` alone.</summary>
public sealed class CookbookTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Cookbook");

    public static TheoryData<string> Patterns() => new(
        Directory.GetFiles(Folder, "*.yaml").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    private static GraphOutcome Render(string pattern)
    {
        var path = Path.Combine(Folder, pattern);
        return GraphCompiler.Render(
            new GraphSource(path, File.ReadAllText(path), Read),
            new GraphValues { Set = ["storage_url=s3://bucket/here"] },
            new GraphOptions());
    }

    private static LocalText Read(string path) =>
        File.Exists(path) ? new LocalText.Found(File.ReadAllText(path)) : new LocalText.Missing();

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Each_pattern_renders(string pattern)
    {
        var outcome = Render(pattern);

        Assert.True(outcome.Spec is not null, outcome.JsonText());
        Assert.NotNull(outcome.DryRun);
        Assert.DoesNotContain(
            "{{storage_url}}", outcome.JsonText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_written_twice_keeps_its_last_value() =>
        Assert.Equal(
            "/tmp/run.sh", Render("credential-folder-and-repeated-key.yaml").Spec!.Groups[0].Tasks[0].Files[0].Path);

    [Fact]
    public void Hosts_built_with_raw_are_tokens_in_the_end() =>
        Assert.Equal(
            "{{host:worker_1}} slots=8\n{{host:worker_2}} slots=8\n",
            Render("raw-built-hosts.yaml").Spec!.Groups[0].Tasks[0].Files[0].Contents);

    [Fact]
    public void A_float_default_prints_as_python_prints_it() =>
        Assert.Equal("ubuntu:22.04", Render("default-values-in-tag.yaml").Spec!.Groups[0].Tasks[0].Image);
}

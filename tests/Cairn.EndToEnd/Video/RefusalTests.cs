using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.Video;

/// <summary>Runs that cannot be: refused before anything is announced, uploaded or started.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly Workbench _bench = new();

    public RefusalTests() => File.Delete(Path.Combine(_bench.Folder, "cairn.yaml"));

    [Theory]
    [InlineData("s3://bucket", "needs a client for s3", 3)]
    [InlineData("ftp://host", "which storage prefix", 3)]
    [InlineData("cairn://-x", "no address of a store", 2)]
    public async Task A_store_that_is_not_there_is_refused_before_the_estimate(string url, string reason, int code)
    {
        await FilmAsync("clip.mp4", "red");

        var refused = (await _bench.RunAsync("vda", "run", "clip.mp4", "--storage-url", url)).Exits(code);

        Assert.Contains(reason, refused.Error);
        AssertNothingBegan(refused);
    }

    [Fact]
    public async Task A_video_in_a_dataset_is_never_replaced_by_another()
    {
        await FilmAsync("clip.mp4", "red");
        (await _bench.RunAsync("vda", "run", "clip.mp4", "--flow", "labels only", "--run-id", "first")).Exits(0);
        var stored = Path.Combine(_bench.Home, "stores/vda");
        await FilmAsync("clip.mp4", "blue");

        var refused = (await _bench.RunAsync("vda", "run", "clip.mp4", "--run-id", "second")).Exits(2);
        Assert.Contains("is there already, with other contents; it is not replaced", refused.Error);
        AssertNothingBegan(refused);

        await FilmAsync("clip.mp4", "red");
        var used = (await _bench.RunAsync("vda", "run", "clip.mp4", "--run-id", "first")).Exits(2);
        Assert.Contains("the run id first was used already", used.Error);
        AssertNothingBegan(used);
        Assert.True(Directory.Exists(stored));
        Assert.Equal(["first"], RunsInMirror());
    }

    [Fact]
    public async Task A_failed_run_ends_with_the_likely_cause_and_what_to_do()
    {
        await FilmAsync("clip.mp4", "red");

        var ended = (await _bench.RunAsync("vda", "run", "clip.mp4", "--pin", "weather=snow")).Exits(1);

        Assert.Contains("weather cannot be pinned to snow", ended.Error);
        Assert.Contains("likely: a pin names a variable or value that the cookbook does not have (setup)", ended.Error);
        Assert.Contains("hint: use one that the log lists", ended.Error);
        Assert.Empty(RunsInMirror());
    }

    [Fact]
    public async Task A_file_root_holds_the_objects_of_a_run()
    {
        await FilmAsync("clip.mp4", "red");
        var root = Path.Combine(_bench.Folder, "objects");

        (await _bench.RunAsync(
            "vda", "run", "clip.mp4", "--flow", "labels only", "--storage-url", $"file://{root}", "--run-id", "r"))
            .Exits(0);

        Assert.True(File.Exists(Path.Combine(root, "datasets/clip/clip.mp4")));
        Assert.True(File.Exists(Path.Combine(
            root, "datasets/clip-outputs/r/outputs/pseudo_labeled/clip/contextual/objects.json")));
    }

    public void Dispose() => _bench.Dispose();

    private void AssertNothingBegan(Invocation refused)
    {
        Assert.DoesNotContain("in all about", refused.Error);
        Assert.DoesNotContain("started", refused.Error);
    }

    private string[] RunsInMirror()
    {
        var runs = Path.Combine(_bench.Folder, "media/vda/runs");
        return Directory.Exists(runs) ? [.. Directory.GetDirectories(runs).Select(Path.GetFileName)!] : [];
    }

    private Task FilmAsync(string name, string colour) =>
        _bench.FilmAsync(name, "-f", "lavfi", "-i", $"color={colour}:size=64x48:rate=5:duration=1");
}

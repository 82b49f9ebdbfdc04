using System.Net;
using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.Video;

/// <summary>`cairn vda run` without input: the demo dataset, from a host of the test's own.</summary>
public sealed class DemoDatasetTests : IDisposable
{
    private const string Own = "nvidia/video-data-augmentation-demo";
    private readonly Workbench _bench = new();
    private readonly DatasetHost _host = new();

    public DemoDatasetTests()
    {
        File.Delete(Path.Combine(_bench.Folder, "cairn.yaml"));
        _bench.With("HF_ENDPOINT", _host.Url).With("HF_TOKEN", null).With("HUGGING_FACE_HUB_TOKEN", null)
            .With("HF_DEMO_DATASET_REPO", null).With("HF_DEMO_DATASET_SUBDIR", null);
    }

    [Fact]
    public async Task The_demo_s_videos_are_found_below_folders_downloaded_and_named_in_the_summary()
    {
        await _bench.FilmAsync("it.mp4", "-f", "lavfi", "-i", "color=red:size=64x48:rate=5:duration=1");
        var film = File.ReadAllBytes(Path.Combine(_bench.Folder, "it.mp4"));
        _host.Answers($"/api/datasets/{Own}/tree/main", """
            [{"type": "directory", "path": "city clips"}, {"type": "file", "path": "README.md"}]
            """);
        _host.Answers($"/api/datasets/{Own}/tree/main/city%20clips", """
            [{"type": "file", "path": "city clips/clip_0.MP4"}]
            """);
        _host.AnswersOnce($"/datasets/{Own}/resolve/main/city%20clips/clip_0.MP4", HttpStatusCode.ServiceUnavailable);
        _host.Answers($"/datasets/{Own}/resolve/main/city%20clips/clip_0.MP4", film);

        var ended = (await _bench.RunAsync("vda", "run", "--flow", "labels only", "--run-id", "demo")).Exits(0);

        Assert.Contains("prepared clip_0.MP4", ended.Error);
        var mirror = Path.Combine(_bench.Folder, "media/vda/latest");
        Assert.Equal(film, File.ReadAllBytes(Path.Combine(mirror, "input/clip_0.mp4")));
        Assert.Contains($"demo dataset {Own}, revision main", File.ReadAllText(Path.Combine(mirror, "summary.md")));
        Assert.Contains("vda-demo-outputs/demo", ended.Out);
        (await _bench.RunAsync("vda", "summary", "--run-id", "demo")).Exits(0);
        Assert.Contains($"demo dataset {Own}, revision main", File.ReadAllText(Path.Combine(mirror, "summary.md")));
    }

    [Fact]
    public async Task Two_paths_with_one_name_and_an_empty_listing_are_errors()
    {
        _host.Answers($"/api/datasets/{Own}/tree/main", """
            [{"type": "file", "path": "a/x.mp4"}, {"type": "file", "path": "b/x.mp4"}]
            """);
        var twice = (await _bench.RunAsync("vda", "run", "-o", "json")).Exits(2);
        Assert.Contains("holds x.mp4 twice", twice.Errors);
        Assert.Contains("HF_DEMO_DATASET_SUBDIR", twice.Errors);

        _host.Answers($"/api/datasets/{Own}/tree/main", "[]");
        Assert.Contains("holds no .mp4", (await _bench.RunAsync("vda", "run", "-o", "json")).Exits(4).Errors);

        _host.Answers($"/api/datasets/{Own}/tree/main", "<html>");
        Assert.Contains("no listing", (await _bench.RunAsync("vda", "run", "-o", "json")).Exits(3).Errors);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, 5, "HF_TOKEN")]
    [InlineData(HttpStatusCode.Forbidden, 5, "HF_TOKEN")]
    [InlineData(HttpStatusCode.NotFound, 3, "answered 404")]
    [InlineData(HttpStatusCode.BadGateway, 3, "./demo")]
    public async Task An_answer_that_is_none_is_told_with_its_status(HttpStatusCode status, int code, string words)
    {
        _host.Answers($"/api/datasets/{Own}/tree/main", status);

        var refused = (await _bench.RunAsync("vda", "run", "-o", "json")).Exits(code);

        Assert.Contains(words, refused.Errors);
        Assert.Contains(((int)status).ToString(), refused.Errors);
    }

    [Fact]
    public async Task An_unreachable_host_ends_with_the_hint_to_the_demo()
    {
        var refused = (await _bench.With("HF_ENDPOINT", "http://127.0.0.1:9").RunAsync("vda", "run", "-o", "json"))
            .Exits(3);

        Assert.Contains("cannot be reached", refused.Errors);
        Assert.Contains("./demo", refused.Errors);
    }

    [Fact]
    public async Task Another_dataset_needs_leave()
    {
        _bench.With("HF_DEMO_DATASET_REPO", "some/other");
        var refused = (await _bench.RunAsync("vda", "run", "-o", "json")).Exits(3);
        Assert.Contains("some/other is not the demo's own dataset", refused.Errors);
        Assert.Contains("ALLOW_NON_VDA_DEMO_DATASET=1", refused.Errors);
        Assert.Empty(_host.Asked);

        _host.Answers("/api/datasets/some/other/tree/main", "[]");
        (await _bench.With("ALLOW_NON_VDA_DEMO_DATASET", "1").RunAsync("vda", "run", "-o", "json")).Exits(4);
        Assert.Equal(["/api/datasets/some/other/tree/main"], _host.Asked);
    }

    public void Dispose()
    {
        _host.Dispose();
        _bench.Dispose();
    }
}

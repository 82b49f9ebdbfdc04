using System.Text.Json;
using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.Video;

/// <summary>`cairn vda run` on short videos of the user's own.</summary>
public sealed class VideoRunTests : IDisposable
{
    private readonly Workbench _bench = new();

    public VideoRunTests() => File.Delete(Path.Combine(_bench.Folder, "cairn.yaml"));

    [Fact]
    public async Task A_portrait_video_with_spaces_and_unicode_in_its_path_becomes_a_data_set()
    {
        await _bench.FilmAsync(
            "ein Örtchen/kurzes vidéo.mp4", "-f", "lavfi", "-i", "testsrc=size=180x320:rate=10:duration=2");

        var ended = (await _bench.RunAsync(
            "vda", "run", "ein Örtchen/kurzes vidéo.mp4", "--run-id", "short", "-o", "json")).Exits(0);

        var folder = ended.Json.GetProperty("folder").GetString()!;
        Assert.EndsWith("media/vda/runs/short", folder);
        Assert.All(ended.Json.GetProperty("media").EnumerateArray(), media =>
            Assert.InRange(new FileInfo(media.GetProperty("path").GetString()!).Length, 1000, long.MaxValue));
        var video = ended.Json.GetProperty("dataset").GetString() + "_aug0";
        string[] promised =
        [
            "summary.md", "summary.json", $"exports/{video}/coco.json", $"exports/{video}/mot/seqinfo.ini",
            $"exports/{video}/mot/gt/gt.txt", $"outputs/augmented/{video}/augmented_video.mp4",
            $"outputs/augmented/{video}/controls/edge.mp4", $"outputs/augmented/{video}/metadata.json",
            $"outputs/pseudo_labeled_augmented/{video}/contextual/instances.json",
            $"outputs/pseudo_labeled_augmented/{video}/contextual/objects.json",
            $"outputs/pseudo_labeled_augmented/{video}/sidecars/pipeline_status.json",
            $"outputs/pseudo_labeled_augmented/{video}/task/mcq.json",
        ];
        Assert.All(promised, name => Assert.True(File.Exists(Path.Combine(folder, name)), name));
        AssertCoco(Path.Combine(folder, $"exports/{video}/coco.json"));
        Assert.Equal(folder, new DirectoryInfo(Path.Combine(folder, "../../latest")).ResolveLinkTarget(true)!.FullName);
    }

    public static TheoryData<string, string> Unusable => new()
    {
        { "missing.mp4", "no such file" },
        { "zero.mp4", "is empty (0 bytes)" },
        { "text.mp4", "cannot be read as a video" },
        { "audio.mp4", "no video stream" },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task A_file_that_is_no_video_is_refused_with_the_reason(string file, string reason)
    {
        _bench.Write("zero.mp4", "");
        _bench.Write("text.mp4", "this is no video\n");
        await _bench.FilmAsync("audio.mp4", "-f", "lavfi", "-i", "sine=duration=1");

        var ended = (await _bench.RunAsync("vda", "run", file, "-o", "json")).Exits(2);

        Assert.Contains(reason, ended.Errors);
        Assert.False(Directory.Exists(Path.Combine(_bench.Folder, "media")), "a refused video leaves no evidence");
    }

    [Fact]
    public async Task Without_ffmpeg_the_command_that_installs_it_is_named()
    {
        await _bench.FilmAsync("short.mp4", "-f", "lavfi", "-i", "testsrc=size=64x64:rate=10:duration=1");
        var empty = Directory.CreateDirectory(Path.Combine(_bench.Folder, "nothing")).FullName;

        var ended = (await _bench.With("PATH", empty).RunAsync("vda", "run", "short.mp4", "-o", "json")).Exits(3);

        Assert.Contains("is not installed", ended.Errors);
        Assert.Contains("install ffmpeg", ended.Errors);
    }

    [Theory]
    [InlineData("large", 2, "-f", "lavfi", "-i", "testsrc2=size=3840x2160:rate=10:duration=0.2")]
    [InlineData("uneven", 8, "-f", "lavfi", "-i", "testsrc2=size=160x120:rate=30:duration=1", "-vf",
        "select='not(mod(n,7))+gt(n,25)'", "-fps_mode", "vfr")]
    public async Task Large_frames_and_uneven_times_are_kept_frame_by_frame(
        string name, int frames, params string[] film)
    {
        await _bench.FilmAsync($"{name}.mp4", film);

        var ended = (await _bench.RunAsync("vda", "run", $"{name}.mp4", "--run-id", "kept", "-o", "json")).Exits(0);

        var folder = ended.Json.GetProperty("folder").GetString()!;
        var shape = await Films.ShapeAsync(Path.Combine(_bench.Folder, $"{name}.mp4"));
        Assert.Equal(frames, shape.Frames);
        Assert.Equal(shape, await Films.ShapeAsync(
            Path.Combine(folder, $"outputs/augmented/{name}_aug0/augmented_video.mp4")));
        Assert.Equal(shape, await Films.ShapeAsync(Path.Combine(
            folder, $"outputs/pseudo_labeled_augmented/{name}_aug0/sidecars/augmented_video_tracking.mp4")));
        var objects = File.ReadAllBytes(Path.Combine(
            folder, $"outputs/pseudo_labeled_augmented/{name}_aug0/contextual/objects.json"));
        using var labels = JsonDocument.Parse(objects);
        Assert.Equal(frames, labels.RootElement.GetProperty("frames").EnumerateObject().Count());
    }

    public void Dispose() => _bench.Dispose();

    /// <summary>Images, categories and annotations that fit each other; a test card may well hold no object.</summary>
    private static void AssertCoco(string path)
    {
        using var coco = JsonDocument.Parse(File.ReadAllText(path));
        Assert.Equal(20, coco.RootElement.GetProperty("images").GetArrayLength());
        var images = coco.RootElement.GetProperty("images").EnumerateArray()
            .Select(image => image.GetProperty("id").GetInt64()).ToHashSet();
        Assert.All(coco.RootElement.GetProperty("annotations").EnumerateArray(), annotation =>
            Assert.Contains(annotation.GetProperty("image_id").GetInt64(), images));
    }
}

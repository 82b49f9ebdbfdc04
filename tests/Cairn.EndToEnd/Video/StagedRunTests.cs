using System.Text.Json;
using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.Video;

/// <summary>One whole run of `e2e` on a short clip: its mirror, and the commands that make the mirror's parts
/// again.</summary>
public sealed class StagedRunTests(StagedRunTests.Finished run) : IClassFixture<StagedRunTests.Finished>
{
    private static readonly string[] Cookbook =
    [
        "README.md", "augmentation/augmentation.yaml", "augmentation/prompts/prompt_polishing_system_prompt.md",
        "augmentation/prompts/template_generation_system_prompt.md", "auto_labeling/auto_labeling_config.yaml",
        "auto_labeling/prompts/event_analysis.md", "auto_labeling/question_bank.json", "workflow_config.yaml",
    ];

    /// <summary>What a run leaves beside its labels.</summary>
    private static readonly string[] Tree =
    [
        "display/clip_clip_aug0_compare.mp4", "input/clip.mp4",
        "outputs/augmented/clip_aug0/augmented_video.mp4", "outputs/augmented/clip_aug0/caption.txt",
        "outputs/augmented/clip_aug0/controls/edge.mp4", "outputs/augmented/clip_aug0/controls/vis.mp4",
        "outputs/augmented/clip_aug0/metadata.json",
        "setup_b0/.env", "setup_b0/cosmos_worker.sh", "setup_b0/endpoint_common.sh", "setup_b0/osmo_barrier.py",
        "setup_b0/pl_augmented_worker.sh", "setup_b0/pl_original_worker.sh", "setup_b0/runtime.env",
        "setup_b0/configs/clip_aug0.yaml", "setup_b0/configs/manifest.yaml",
        .. Cookbook.Select(name => "setup_b0/configs/" + name),
        .. Labels("outputs/pseudo_labeled/clip", "clip"),
        .. Labels("outputs/pseudo_labeled_augmented/clip_aug0", "augmented_video"),
        .. Exports("clip"), .. Exports("clip_aug0"),
        "summary.json", "summary.md",
    ];

    [Fact]
    public void The_mirror_holds_exactly_what_the_flow_promises() =>
        Assert.Equal(Tree.Order(StringComparer.Ordinal), run.Files(run.Folder).Where(name => !IsTask(name)));

    [Theory]
    [InlineData("outputs/pseudo_labeled/clip")]
    [InlineData("outputs/pseudo_labeled_augmented/clip_aug0")]
    public void Every_label_folder_answers_questions_or_says_that_it_has_none(string folder) =>
        Assert.Contains(run.Files(run.Folder), name => name.StartsWith(folder) && IsTask(name));

    [Theory]
    [InlineData("outputs/pseudo_labeled/clip")]
    [InlineData("outputs/pseudo_labeled_augmented/clip_aug0")]
    public void Statuses_name_the_engine_and_every_stage(string folder)
    {
        using var status = Document($"{folder}/sidecars/pipeline_status.json");
        var root = status.RootElement;
        Assert.Equal("1.0", root.GetProperty("version").GetString());
        Assert.Equal("embedded-cpu", root.GetProperty("engine").GetString());
        Assert.Equal(
            root.GetProperty("degraded").GetBoolean() ? "completed_degraded" : "completed",
            root.GetProperty("status").GetString());
        var stages = root.GetProperty("stages");
        Assert.Equal(
            ["mcq_generation", "super_resolution", "tracking", "vlm_json"],
            stages.EnumerateObject().Select(stage => stage.Name).Order(StringComparer.Ordinal));
        Assert.Equal("completed", stages.GetProperty("tracking").GetProperty("status").GetString());
        Assert.Equal("skipped", stages.GetProperty("super_resolution").GetProperty("status").GetString());
        Assert.Equal("skipped", stages.GetProperty("vlm_json").GetProperty("status").GetString());
        foreach (var stage in root.GetProperty("degraded_stages").EnumerateArray())
            Assert.True(stages.GetProperty(stage.GetString()!).GetProperty("degraded").GetBoolean());
    }

    [Fact]
    public void The_summary_says_what_was_drawn_checked_and_degraded()
    {
        using var summary = Document("summary.json");
        var root = summary.RootElement;
        Assert.Equal("whole", root.GetProperty("run_id").GetString());
        Assert.Equal("completed_degraded", root.GetProperty("status").GetString());
        Assert.Contains(
            "captions", root.GetProperty("degraded_stages").EnumerateArray().Select(one => one.GetString()));
        var pair = Assert.Single(root.GetProperty("augmentations").EnumerateArray().ToList());
        Assert.Equal("overcast", pair.GetProperty("sampled").GetProperty("weather").GetString());
        Assert.False(pair.GetProperty("generative").GetBoolean());
        Assert.InRange(pair.GetProperty("hallucination").GetProperty("score").GetDouble(), 0, 1);
        Assert.True(pair.TryGetProperty("box_drift", out _), "a flow that labels both reports how boxes drifted");
        Assert.StartsWith(
            "# Run whole\n\nEngine embedded-cpu, status completed_degraded.",
            File.ReadAllText(Path.Combine(run.Folder, "summary.md")));
    }

    [Fact]
    public void Exports_describe_the_labeled_frames()
    {
        foreach (var name in (string[])["clip", "clip_aug0"])
        {
            using var coco = Document($"exports/{name}/coco.json");
            Assert.Equal(8, coco.RootElement.GetProperty("images").GetArrayLength());
            var sequence = File.ReadAllLines(Path.Combine(run.Folder, $"exports/{name}/mot/seqinfo.ini"));
            Assert.Contains("seqLength=8", sequence);
            Assert.Contains("imWidth=160", sequence);
            Assert.Equal(
                coco.RootElement.GetProperty("annotations").GetArrayLength(),
                File.ReadAllLines(Path.Combine(run.Folder, $"exports/{name}/mot/gt/gt.txt")).Length);
        }
    }

    [Fact]
    public async Task The_estimate_comes_before_the_first_task_and_the_last_run_is_latest()
    {
        var said = run.Ended.Error;
        Assert.InRange(said.IndexOf("in all about", StringComparison.Ordinal), 1, said.IndexOf("started") - 1);
        Assert.Equal(
            run.Folder,
            new DirectoryInfo(Path.Combine(run.Folder, "../../latest")).ResolveLinkTarget(true)!.FullName);
        var shape = await Films.ShapeAsync(Path.Combine(run.Folder, "display/clip_clip_aug0_compare.mp4"));
        Assert.Equal((720, 8), (shape.Height, shape.Frames));
    }

    [Fact]
    public async Task Staging_compare_and_summary_make_the_mirror_again_somewhere_else()
    {
        string[] named = ["--dataset", "clip", "--run-id", "whole", "--run-local-dir", "again/whole"];
        var again = Path.Combine(run.Bench.Folder, "again/whole");

        var staged = (await run.Bench.RunAsync(["vda", "stage", .. named])).Exits(0);
        Assert.Equal(
            [
                $"LOCAL_RUN_DIR={again}", $"LOCAL_INPUT_VIDEO={again}/input/clip.mp4",
                $"LOCAL_AUGMENTED_VIDEO={again}/outputs/augmented/clip_aug0/augmented_video.mp4",
                $"LOCAL_AUG_LABEL_DIR={again}/outputs/pseudo_labeled_augmented/clip_aug0",
                $"LOCAL_ORIG_LABEL_DIR={again}/outputs/pseudo_labeled/clip",
                $"LOCAL_MANIFEST={again}/setup_b0/configs/manifest.yaml",
            ],
            staged.Out.TrimEnd().Split('\n'));
        var compared = (await run.Bench.RunAsync(["vda", "compare", .. named])).Exits(0);
        Assert.StartsWith($"COMPARE_VIDEO={again}/display/clip_clip_aug0_compare.mp4\n", compared.Out);
        var summed = (await run.Bench.RunAsync(["vda", "summary", .. named, "-o", "json"])).Exits(0);
        Assert.Equal("whole", summed.Json.GetProperty("run_id").GetString());

        var made = run.Files(run.Folder).Where(name => !name.StartsWith("exports/")).ToList();
        Assert.Equal(made, run.Files(again));
        Assert.All(
            made.Where(name => !name.StartsWith("summary.")),
            name => Assert.Equal(
                File.ReadAllBytes(Path.Combine(run.Folder, name)), File.ReadAllBytes(Path.Combine(again, name))));
    }

    [Fact]
    public async Task Staging_takes_a_local_input_and_says_what_is_not_there()
    {
        run.Bench.Write("mine.mp4", "my own file");
        string[] named = ["--dataset", "clip", "--run-local-dir", "own/whole"];
        (await run.Bench.RunAsync(
            ["vda", "stage", .. named, "--run-id", "whole", "--video", "clip", "--input-local-video", "mine.mp4"]))
            .Exits(0);
        Assert.Equal("my own file", File.ReadAllText(Path.Combine(run.Bench.Folder, "own/whole/input/clip.mp4")));

        (await run.Bench.RunAsync(
            ["vda", "stage", .. named, "--run-id", "whole", "--video", "clip", "--input-local-video", "none.mp4"]))
            .Exits(2);
        (await run.Bench.RunAsync("vda", "stage", "--dataset", "clip")).Exits(2);
        var unknown = (await run.Bench.RunAsync("vda", "stage", "--dataset", "clip", "--run-id", "other")).Exits(4);
        Assert.Contains("clip-outputs/other", unknown.Error);
        var missing = (await run.Bench.RunAsync(
            "vda", "compare", "--dataset", "clip", "--run-id", "whole", "--aug-index", "7")).Exits(1);
        Assert.Contains("clip_aug7 is missing", missing.Error);
        Assert.False(Directory.Exists(Path.Combine(run.Bench.Folder, "media/vda/runs/other")));
        (await run.Bench.RunAsync("vda", "compare", "--dataset", "clip", "--run-id", "other")).Exits(4);
        (await run.Bench.RunAsync("vda", "summary", "--dataset", "clip", "--run-id", "other")).Exits(1);
    }

    private static bool IsTask(string name) =>
        name.Contains("/task/") || name.EndsWith("/sidecars/mcq.empty.json", StringComparison.Ordinal);

    private static IEnumerable<string> Labels(string folder, string media) => ((string[])
    [
        "config.yaml", "contextual/instances.json", "contextual/objects.json", "logs/mcq.log", "logs/pipeline.log",
        "logs/sr.log", "logs/tracking.log", "logs/vlm_json.log", "prompts/mcq_prompt.used.md",
        "prompts/prompts.used.json", "prompts/scene_prompt.generated_by_llm.meta.json", "prompts/scene_prompt.used.md",
        "prompts/vlm_verify_prompt.used.md", $"raw/{media}.mp4", $"sidecars/{media}_detection.mp4",
        $"sidecars/{media}_tracking.mp4", $"sidecars/{media}_tracking_red_id.mp4", "sidecars/metadata.json",
        "sidecars/pipeline_status.json",
    ]).Select(name => $"{folder}/{name}");

    private static IEnumerable<string> Exports(string name) =>
        [$"exports/{name}/coco.json", $"exports/{name}/mot/gt/gt.txt", $"exports/{name}/mot/seqinfo.ini"];

    private JsonDocument Document(string name) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(run.Folder, name)));

    /// <summary>The run, made once for all tests.</summary>
    public sealed class Finished : IAsyncLifetime
    {
        internal Workbench Bench { get; } = new();

        internal Invocation Ended { get; private set; } = new(0, "", "");

        /// <summary>The run's mirror.</summary>
        public string Folder => Path.Combine(Bench.Folder, "media/vda/runs/whole");

        /// <summary>Files below a folder, sorted.</summary>
        public IReadOnlyList<string> Files(string folder) =>
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal),
        ];

        /// <inheritdoc/>
        public async ValueTask InitializeAsync()
        {
            File.Delete(Path.Combine(Bench.Folder, "cairn.yaml"));
            await Bench.FilmAsync("clip.mp4", "-f", "lavfi", "-i", "testsrc2=size=160x120:rate=8:duration=1");
            Ended = (await Bench.RunAsync("vda", "run", "clip.mp4", "--flow", "e2e", "--run-id", "whole")).Exits(0);
        }

        /// <inheritdoc/>
        public ValueTask DisposeAsync()
        {
            Bench.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

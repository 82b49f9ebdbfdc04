using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.Video;

/// <summary>`cairn vda plan` and `cairn vda configs`: what a run would do, without doing it.</summary>
public sealed class PlanTests : IDisposable
{
    private readonly Workbench _bench = new();

    public PlanTests() => File.Delete(Path.Combine(_bench.Folder, "cairn.yaml"));

    [Fact]
    public async Task A_plan_names_addresses_groups_and_outputs_and_makes_nothing()
    {
        _bench.Write("in/b cam.mp4", "not looked at");
        _bench.Write("in/a.mp4", "not looked at");

        var plan = (await _bench.RunAsync(
            "vda", "plan", "in", "--flow", "whole pipeline", "--n-augmentations", "2", "--run-id", "r1",
            "--dataset", "cams", "-o", "json")).Exits(0).Json;

        Assert.Equal("e2e", plan.GetProperty("flow").GetString());
        Assert.Equal("cairn://vda/datasets/cams", plan.GetProperty("dataset_url").GetString());
        Assert.Equal("cairn://vda/datasets/cams-outputs/r1", plan.GetProperty("run_url").GetString());
        Assert.Equal(["a", "b-cam"], plan.GetProperty("videos").EnumerateArray().Select(video => video.GetString()));
        var tasks = plan.GetProperty("groups").EnumerateArray()
            .SelectMany(group => group.GetProperty("tasks").EnumerateArray()).Select(task => task.GetString()!)
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "cosmos_worker_0", "cosmos_worker_1", "cosmos_worker_2", "cosmos_worker_3", "pl_augmented_worker_0",
                "pl_augmented_worker_1", "pl_augmented_worker_2", "pl_augmented_worker_3", "pl_original_worker_0",
                "pl_original_worker_1", "setup",
            ],
            tasks);
        Assert.Contains(
            "outputs/augmented/b-cam_aug1",
            plan.GetProperty("outputs").EnumerateArray().Select(output => output.GetString()));
        Assert.False(Directory.Exists(_bench.Home), "a plan makes no state folder");
    }

    [Fact]
    public async Task An_address_in_a_store_is_planned_without_looking_there()
    {
        var plan = (await _bench.RunAsync(
            "vda", "plan", "s3://metro-vda/datasets/city-traffic-raw/cam1.mp4", "--flow", "labels only", "-o", "json"))
            .Exits(0).Json;

        Assert.Equal("auto_labeling", plan.GetProperty("flow").GetString());
        Assert.Equal("s3://metro-vda", plan.GetProperty("storage_url").GetString());
        Assert.Equal("city-traffic-raw", plan.GetProperty("dataset").GetString());
        Assert.Equal(["cam1"], plan.GetProperty("videos").EnumerateArray().Select(video => video.GetString()));
    }

    [Theory]
    [InlineData("there is no cookbook", "--cookbook", "moon")]
    [InlineData("is no flow", "--flow", "e3e")]
    [InlineData("out of range", "--n-augmentations", "0")]
    [InlineData("cannot be a run id", "--run-id", "../up")]
    [InlineData("cannot be a dataset", "--dataset", "9-")]
    public async Task What_cannot_be_run_cannot_be_planned(string message, params string[] flags)
    {
        _bench.Write("a.mp4", "");

        var refused = (await _bench.RunAsync(["vda", "plan", "a.mp4", .. flags, "-o", "json"])).Exits(2);

        Assert.Contains(message, refused.Errors);
    }

    [Fact]
    public async Task An_underivable_root_is_one_question()
    {
        var refused = (await _bench.RunAsync("vda", "plan", "ftp://host/a.mp4", "-o", "json")).Exits(3);

        Assert.Contains("which storage prefix", refused.Errors);
        Assert.Equal(1, refused.Json.GetProperty("errors").GetArrayLength());
    }

    [Fact]
    public async Task Configurations_are_drawn_as_the_setup_stage_draws_them()
    {
        _bench.Write("in/clip.mp4", "not looked at");

        (await _bench.RunAsync("vda", "configs", "in", "drawn")).Exits(0);
        var manifest = File.ReadAllText(Path.Combine(_bench.Folder, "drawn/manifest.yaml"));
        Assert.Contains("weather: overcast", manifest);
        Assert.Contains("time_of_day: morning", manifest);
        Assert.True(File.Exists(Path.Combine(_bench.Folder, "drawn/clip_aug0.yaml")));

        (await _bench.RunAsync("vda", "configs", "in", "pinned", "--pin", "weather=rain")).Exits(0);
        manifest = File.ReadAllText(Path.Combine(_bench.Folder, "pinned/manifest.yaml"));
        Assert.Contains("weather: rain", manifest);
        Assert.Contains("time_of_day: morning", manifest);

        var refused = (await _bench.RunAsync("vda", "configs", "in", "odd", "--pin", "weather=snow")).Exits(2);
        Assert.Contains("weather cannot be pinned to snow", refused.Error);
        (await _bench.RunAsync("vda", "configs", "in", "odd", "--cookbook", "moon")).Exits(2);
        (await _bench.RunAsync("vda", "configs", "nowhere", "odd")).Exits(2);
    }

    public void Dispose() => _bench.Dispose();
}

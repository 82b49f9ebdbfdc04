using Cairn.EndToEnd.Durability;
using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.Commands;

/// <summary>What a run is made of and known by: its keys, its images, what it may not show.</summary>
public sealed class RunIdentityTests : IDisposable
{
    private readonly Workbench _bench = new();

    public RunIdentityTests() => _bench.AllowEvidence();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_retried_run_has_keys_of_its_own()
    {
        var graph = _bench.OneTask("again", "echo \"only $CAIRN_TASK\" >> /evidence/keys; [ -e /evidence/good ]");
        (await _bench.RunAsync("run", graph)).Exits(1);
        _bench.Release("good");

        (await _bench.RunAsync("runs", "retry", "again-1")).Exits(0);

        Assert.Equal([1, 1], Keys.Count(_bench)["only"]);
    }

    [Fact]
    public async Task An_image_is_pinned_when_its_run_is_submitted_and_the_run_shows_it()
    {
        _bench.Write("tools/bin/say", "#!/bin/sh\necho said\n");
        File.AppendAllText(
            Path.Combine(_bench.Folder, "cairn.yaml"), "\nimages: [{match: \"ubuntu:*\", host: tools}]\n");
        (await _bench.RunAsync("run", _bench.OneTask("pinned", "true"))).Exits(0);

        var shown = (await _bench.RunAsync("runs", "show", "pinned-1")).Exits(0).Out;
        var task = (await _bench.RunAsync("runs", "show", "pinned-1", "-o", "json")).Exits(0).Json
            .GetProperty("tasks")[0];

        Assert.Matches("^ubuntu:24.04@sha256:[0-9a-f]{64}$", task.GetProperty("image").GetString());
        Assert.Contains($"image {task.GetProperty("image").GetString()}, replaced: host", shown);
    }

    [Fact]
    public async Task A_secret_that_a_task_prints_stands_nowhere_in_the_state_folder_nor_on_the_screen()
    {
        const string secret = "open-sesame-123";
        var secrets = _bench.Write("secrets.yaml", $"door: {{payload: {{token: {secret}}}}}\n");
        File.SetUnixFileMode(secrets, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.AppendAllText(Path.Combine(_bench.Folder, "cairn.yaml"), "\nsecrets: {file: secrets.yaml}\n");
        var graph = _bench.OneTask("teller", "echo \"token=$TOKEN\"; echo \"progress: $TOKEN\"; exit 3");
        File.AppendAllText(Path.Combine(_bench.Folder, graph), "    credentials: {door: {TOKEN: token}}\n");

        var ended = (await _bench.RunAsync("run", graph)).Exits(1);
        var logs = (await _bench.RunAsync("runs", "logs", "teller-1")).Exits(0);

        Assert.Contains("token=[MASKED]", logs.Out);
        Assert.DoesNotContain(secret, logs.Out + ended.Out + ended.Error);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(_bench.Home, "*", SearchOption.AllDirectories),
            file => File.ReadAllText(file).Contains(secret));
    }
}

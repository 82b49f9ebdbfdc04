using System.Diagnostics;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Logs;
using Cairn.Platform.Projects;

namespace Cairn.Platform.Tests.Executors;

public sealed class OtherEnclosureTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Without_a_sandbox_tokens_are_the_tasks_own_folders()
    {
        WithoutTools(_bench);
        var order = _bench.Start(Plain("echo hi > {{output}}/x; exit 4"));
        var result = await _bench.Log.Result(order.Key);

        Assert.Equal((TaskEnding.Exited, 4, "plain"), (result.Ending, result.ExitCode, result.ReplacedImage));
        Assert.Equal("hi\n", await File.ReadAllTextAsync(
            _bench.Intermediate("run-1", "one", "x"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_sandbox_a_literal_path_of_the_specification_is_refused()
    {
        WithoutTools(_bench);
        var result = await _bench.Finish(Plain("ls /osmo/data/output"));

        Assert.Equal(TaskEnding.StartError, result.Ending);
        Assert.Contains("install bubblewrap", result.Message);
    }

    [Fact]
    public async Task Without_a_sandbox_a_kill_still_reaches_grandchildren()
    {
        WithoutTools(_bench);
        var started = _bench.Gate("started");
        var order = _bench.Start(Plain($"setsid sh -c 'echo up > {started}; exec sleep 4321.7' & wait"));
        await _bench.Hear(started);

        _bench.Tell(order, TaskVerb.Kill, 1);
        var result = await _bench.Log.Result(order.Key);

        Assert.Equal(TaskEnding.Stopped, result.Ending);
        Assert.DoesNotContain(
            Cairn.Platform.Executors.Local.Processes.ProcessIdentity.All(),
            pid => Cairn.Platform.Executors.Local.Processes.ProcessIdentity.ArgumentsOf(pid).Contains("4321.7"));
    }

    [Fact]
    public async Task Without_a_sandbox_a_kill_does_not_reach_an_equally_named_task_of_another_state_folder()
    {
        using var other = new Bench(_bench.Run);
        WithoutTools(_bench);
        WithoutTools(other);
        var (mine, theirs) = (_bench.Gate("started"), other.Gate("started"));
        var gate = other.Gate("gate");
        var order = _bench.Start(Plain($"echo up > {mine}; exec sleep 4321.4"));
        var neighbour = other.Start(Plain($"echo up > {theirs}; cat {gate}; exit 5"));
        await _bench.Hear(mine);
        await other.Hear(theirs);

        _bench.Tell(order, TaskVerb.Kill, 1);
        await _bench.Log.Result(order.Key);
        await other.Pass(gate);
        var result = await other.Log.Result(neighbour.Key);

        Assert.Equal(order.Key, neighbour.Key);
        Assert.Equal((TaskEnding.Exited, 5), (result.Ending, result.ExitCode));
    }

    [PodmanFact]
    public async Task A_real_image_runs_by_podman_and_is_found_again_after_the_engine_died()
    {
        BuildImage(Path.Combine(_bench.Root, "image"));
        var gate = _bench.Gate("gate");
        var order = _bench.Start(_bench.Shell(
            "echo $CAIRN_TASK >> /shared/starts; cat /shared/gate; echo done > {{output}}/x; ls /usr/bin; exit 6") with
        {
            Image = "localhost/cairn-test:1",
            Resources = new TaskResources { Cpu = 0, MemoryBytes = 256 << 20 },
        });
        await _bench.Log.Reached(order.Key, TaskPhase.Running);

        _bench.Crash();
        _bench.Recover(order);
        await _bench.Log.Reached(order.Key, TaskPhase.Running);
        await _bench.Pass(gate);
        var result = await _bench.Log.Result(order.Key);

        Assert.Equal((TaskEnding.Exited, 6), (result.Ending, result.ExitCode));
        Assert.Null(result.ReplacedImage);
        Assert.Single(File.ReadAllLines(Path.Combine(_bench.Shared, "starts")));
        Assert.Contains(TaskLogs.Read(_bench.FolderOf(order)), line => line.Text == "go");
        Assert.True(File.Exists(_bench.Intermediate("run-1", "one", "x")));
    }

    [PodmanFact]
    public async Task An_image_that_cannot_be_pulled_is_named()
    {
        var result = await _bench.Finish(_bench.Shell("true") with { Image = "localhost:1/no/such:image" });

        Assert.Equal((TaskEnding.ImagePull, 302), (result.Ending, result.ExitCode));
        Assert.Contains("localhost:1/no/such:image", result.Message);
    }

    private static void WithoutTools(Bench bench) => bench.Settings = bench.Settings with
    {
        Tools = new Tools(null, null),
        Images = [new ProjectImage { Match = "ubuntu:*", HostFolder = "/" }],
    };

    private TaskOrder Plain(string line) => _bench.Shell(line) with { VolumeMounts = [] };

    internal static void BuildImage(string folder)
    {
        const string make =
            """
            set -e
            mkdir -p "$1/bin" && cp /bin/busybox "$1/bin/busybox"
            for name in sh echo cat ls; do ln -sf busybox "$1/bin/$name"; done
            tar -C "$1" -c . | podman import - localhost/cairn-test:1
            """;
        string[] words = ["-c", make, "sh", folder];
        using var made = Process.Start(new ProcessStartInfo("sh", words)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = made.StandardError.ReadToEnd();
        made.WaitForExit();
        Assert.True(made.ExitCode == 0, said);
    }
}

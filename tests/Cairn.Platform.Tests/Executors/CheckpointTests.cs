using System.Diagnostics;
using Cairn.Graphs.Tasks;

namespace Cairn.Platform.Tests.Executors;

public sealed class CheckpointTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [SandboxFact]
    public async Task Checkpoints_are_uploaded_while_the_command_runs_and_once_more_when_it_failed()
    {
        var gate = _bench.Gate("gate");
        const string line = "echo 1 > /ckpt/model; cat /shared/gate; echo 2 > /ckpt/model; exit 9";
        var order = _bench.Start(_bench.Shell(line) with
        {
            Checkpoints = [new TaskCheckpoint("/ckpt/*", $"file://{_bench.Root}/kept", 0.05, null)],
        });
        await _bench.Log.Reached(order.Key, TaskPhase.Running);
        await Appears("kept/model");

        var early = await Read();
        await _bench.Pass(gate);
        var result = await _bench.Log.Result(order.Key);

        Assert.Equal((TaskEnding.Exited, 9), (result.Ending, result.ExitCode));
        Assert.Equal("1\n", early);
        Assert.Equal("2\n", await Read());
    }

    [SandboxFact]
    public async Task A_mount_that_the_pool_does_not_allow_is_refused_by_name()
    {
        var task = _bench.Shell("true") with { VolumeMounts = ["/srv/secret"] };

        var result = await _bench.Finish(task);

        Assert.Equal(TaskEnding.StartError, result.Ending);
        Assert.Equal("pool local does not allow mount: /srv/secret. Task one", result.Message);
        Assert.Equal(result.Message, _bench.Executor.Misfit([task]));
    }

    // The store's own handle may still be open: .NET would refuse to read beside it, cat does not.
    private async Task<string> Read()
    {
        using var cat = Process.Start(new ProcessStartInfo("cat", [Path.Combine(_bench.Root, "kept", "model")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        return await cat.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private async Task Appears(string name)
    {
        var path = Path.Combine(_bench.Root, name);
        var appeared = new TaskCompletionSource();
        using var watcher = new FileSystemWatcher(_bench.Root) { IncludeSubdirectories = true };
        void Look(object? sender, FileSystemEventArgs? change)
        {
            if (File.Exists(path))
                appeared.TrySetResult();
        }

        watcher.Created += Look;
        watcher.Changed += Look;
        watcher.Renamed += Look;
        watcher.EnableRaisingEvents = true;
        Look(null, null);
        await appeared.Task.WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
    }
}

using System.Diagnostics;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Reaping;

namespace Cairn.Platform.Tests.Executors;

public sealed class ReapingTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [SandboxFact]
    public async Task What_belongs_to_an_open_run_is_left_alone_and_what_belongs_to_none_is_found_and_removed()
    {
        var started = _bench.Gate("started");
        var order = _bench.Start(_bench.Shell("echo up > /shared/started; sleep 4321.6"));
        await _bench.Hear(started);
        _bench.Crash();
        var reaper = new TaskReaper(_bench.Settings.Home, new Tools(null, null));
        var cancel = TestContext.Current.CancellationToken;

        var open = await reaper.Find(uid => uid == _bench.Run.ToString(), _ => true, cancel);
        var left = await reaper.Find(_ => false, _ => true, cancel);
        foreach (var one in left.Where(one => one.Kind is LeftoverKind.Process or LeftoverKind.Folder))
            Assert.True(await reaper.Remove(one, cancel));

        Assert.Empty(open);
        Assert.Contains(left, one => one.Kind == LeftoverKind.Process);
        Assert.Contains(left, one => one.Kind == LeftoverKind.Folder && one.Name == _bench.FolderOf(order));
        Assert.False(Directory.Exists(_bench.FolderOf(order)));
        Assert.DoesNotContain(await reaper.Find(_ => false, _ => true, cancel), one => one.Kind == LeftoverKind.Folder);
    }

    [SandboxFact]
    public async Task Logs_and_intermediate_data_go_with_their_run_and_what_lives_stays()
    {
        var ended = _bench.Start(_bench.Shell("echo x > {{output}}/x"));
        await _bench.Log.Result(ended.Key);
        var started = _bench.Gate("started");
        var live = _bench.Start(_bench.Shell("echo up > /shared/started; sleep 4321.2"));
        await _bench.Hear(started);
        await _bench.Leave();
        var home = _bench.Settings.Home;
        var data = Path.GetDirectoryName(_bench.Intermediate("run-1", "one", "x"))!;

        RunFiles.Sweep(home, _ => true);
        Assert.True(Directory.Exists(data) && Directory.Exists(_bench.FolderOf(ended)));
        var listed = await new TaskReaper(home, new Tools(null, null)).Find(
            _ => false, _ => false, TestContext.Current.CancellationToken);
        RunFiles.Sweep(home, _ => false);

        Assert.Contains(listed, one => one.Kind == LeftoverKind.Data && one.Task == "run-1");
        Assert.Contains(listed, one => one.Kind == LeftoverKind.Folder && one.Name == _bench.FolderOf(ended));
        Assert.False(Directory.Exists(data));
        Assert.False(Directory.Exists(_bench.FolderOf(ended)));
        Assert.True(Directory.Exists(_bench.FolderOf(live)));
        _bench.Recover(live);
        _bench.Executor.Stop(live, Cairn.Engine.Effects.StopReason.Terminated);
        await _bench.Log.Result(live.Key);
    }

    [SandboxFact]
    public async Task A_running_task_can_be_entered_and_its_files_are_at_hand()
    {
        var started = _bench.Gate("started");
        var gate = _bench.Gate("gate");
        var order = _bench.Start(_bench.Shell("echo in > /tmp/inside; echo up > /shared/started; cat /shared/gate"));
        await _bench.Hear(started);

        var task = RunningTask.Find(_bench.Settings.Home, _bench.Run, "one");
        Assert.NotNull(task);
        var words = task.Enter(["sh", "-c", "cat /tmp/inside; ls /osmo/data"], Tools.Find());
        Assert.NotNull(words);
        using var entered = Process.Start(new ProcessStartInfo(words[0], words.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        });
        var said = await entered!.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _bench.Pass(gate);
        await _bench.Log.Result(order.Key);

        Assert.Equal("in\ninput\noutput\n", said);
        Assert.Equal(Path.Combine(_bench.FolderOf(order), "tmp", "inside"), task.OnHost("/tmp/inside"));
        Assert.Null(task.OnHost("/etc/passwd"));
        Assert.Contains($"CAIRN_TASK={order.Key}", task.Environment().Append($"CAIRN_TASK={order.Key}"));
        Assert.Null(RunningTask.Find(_bench.Settings.Home, _bench.Run, "one"));
    }
}

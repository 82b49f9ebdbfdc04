using System.Diagnostics;
using Cairn.Engine.Effects;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Logs;
using Cairn.Platform.Executors.Local.Pools;

namespace Cairn.Platform.Tests.Executors;

public sealed class FullDiskTests : IDisposable
{
    private readonly Bench _bench = new();
    private bool _mounted;

    public void Dispose()
    {
        if (_mounted)
            Run("umount", "--lazy", _bench.Settings.Home);
        _bench.Dispose();
    }

    [SandboxFact]
    public async Task Below_the_floor_no_task_is_started_and_above_it_waiting_ones_are_offered_again()
    {
        var free = 1L << 20;
        _bench.Settings = _bench.Settings with { Disk = _ => new DiskSpace(Volatile.Read(ref free), 1L << 30) };
        var order = _bench.Order(_bench.Shell("true"));

        var refused = Assert.IsType<Admission.Full>(_bench.Executor.Admit([order]));
        Volatile.Write(ref free, 1L << 29);
        await _bench.Log.Until(() => _bench.Log.FreedCount > 0);

        Assert.Equal(
            "the disk of the state folder has 1 MiB free, tasks start again at 64 MiB", refused.Reason);
        Assert.IsType<Admission.Admitted>(_bench.Executor.Admit([order]));
        _bench.Executor.Start(order);
        Assert.Equal(0, (await _bench.Log.Result(order.Key)).ExitCode);
    }

    [SandboxFact]
    public async Task A_task_that_cannot_be_prepared_on_a_full_disk_waits_and_goes_on_when_there_is_room()
    {
        var filler = FillSmallDisk();
        var order = _bench.Order(_bench.Shell("echo ran"));
        _bench.Executor.Start(order);
        await _bench.Log.Until(() => _bench.Log.WaitsFor(order.Key) == "room on the disk");

        File.Delete(filler);
        var result = await _bench.Log.Result(order.Key);

        Assert.Equal((TaskEnding.Exited, 0), (result.Ending, result.ExitCode));
        Assert.Equal("ran\n", _bench.OutputOf(order));
    }

    [SandboxFact]
    public async Task A_task_that_waits_for_room_can_be_stopped()
    {
        FillSmallDisk();
        var order = _bench.Order(_bench.Shell("echo ran"));
        _bench.Executor.Start(order);
        await _bench.Log.Until(() => _bench.Log.WaitsFor(order.Key) == "room on the disk");

        _bench.Executor.Stop(order, StopReason.Interrupted);
        var end = await _bench.Log.End(order.Key);

        Assert.Equal(Ending.Interrupted, end.Ending);
        Assert.DoesNotContain(TaskLogs.Read(_bench.FolderOf(order)), line => line.Text == "ran");
    }

    /// <summary>The state folder is a disk of two megabytes, full to the last byte.</summary>
    private string FillSmallDisk()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "a small disk can be mounted only by root");
        Directory.CreateDirectory(_bench.Settings.Home);
        Run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", _bench.Settings.Home);
        _mounted = true;
        _ = _bench.Executor;
        var filler = Path.Combine(_bench.Settings.Home, "filler");
        using var file = File.Create(filler);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            return filler;
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}

using System.Diagnostics;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Processes;
using Cairn.Platform.Projects;

namespace Cairn.Platform.Tests.Executors;

/// <summary>Run by hand: `-explicit only -method '*costs*'`. A figure, and a guard against a slip of an
/// order.</summary>
public sealed class OverheadTests : IDisposable
{
    private const int Tasks = 200;

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [SandboxFact(Explicit = true)]
    public async Task A_task_costs_little_more_than_its_sandbox_launched_by_hand()
    {
        _bench.Settings = _bench.Settings with
        {
            Pools = [new ProjectPool { Name = "local", IsDefault = true, Cpus = 2 }],
        };
        var ratios = new List<double>();
        await Executor();
        for (var round = 0; round < 5; round++)
        {
            var byHand = await ByHand();
            var ours = await Executor();
            ratios.Add(ours / byHand);
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"by hand {byHand / Tasks:0.00} ms, executor {ours / Tasks:0.00} ms per task: {ours / byHand:0.00}");
        }

        ratios.Sort();
        Assert.InRange(ratios[ratios.Count / 2], 0, 3);
    }

    private async Task<double> Executor()
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Tasks / 2; i++)
            {
                Cairn.Engine.Effects.EffectOrder order;
                lock (_bench)
                    order = _bench.Start(_bench.Command("true") with
                    {
                        VolumeMounts = [],
                        Resources = new TaskResources(),
                    });
                await _bench.Log.End(order.Key);
            }
        })));
        return clock.Elapsed.TotalMilliseconds;
    }

    private async Task<double> ByHand()
    {
        string[] words =
        [
            "bwrap", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--new-session", "--hostname", "one",
            "--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/sbin", "/sbin",
            "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64", "--ro-bind", "/etc", "/etc",
            "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/run", "--dir", "/var/tmp", "--dir", "/root",
            "--ro-bind", "/etc/hosts", "/etc/hosts", "--bind", _bench.Shared, "/tmp", "--dir", "/osmo/data/input",
            "--bind", _bench.Shared, "/osmo/data/output", "--bind", _bench.Shared, "/osmo/run/workspace",
            "--ro-bind", _bench.Shared, "/osmo/usr/bin", "--dir", "/osmo/login/config", "--chdir", "/", "--", "true",
        ];
        var bubblewrap = Tools.Find("bwrap")!;
        using var watch = new ProcessWatch();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Tasks / 2; i++)
            {
                var pid = Spawner.Start(new SpawnPlan(bubblewrap, words, ["PATH=/usr/bin"]))!.Value;
                if (ProcessIdentity.Of(pid, ProcessIdentity.CurrentBoot) is { } identity)
                    await watch.Exited(identity);
            }
        })));
        return clock.Elapsed.TotalMilliseconds;
    }
}

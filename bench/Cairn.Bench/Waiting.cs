using System.Diagnostics;

namespace Cairn.Bench;

/// <summary>
/// 10,000 runs that wait: their memory over an idle engine, and the time to take them up after a SIGKILL.
/// </summary>
internal static class Waiting
{
    private const int Runs = 10_000;

    public static async Task MeasureAsync()
    {
        using var lab = new Lab();
        using var killed = new Lab();
        var performer = new EchoPerformer(64, ends: false) { Expected = Runs };
        await using (var host = lab.Open(performer))
        {
            var (idleHeap, idleSet) = Memory();
            await Task.WhenAll(Enumerable.Range(0, Runs).Select(_ => host.SubmitAsync(Lab.Run("run", 1, 1, 256))));
            await performer.Reached;
            var (heap, set) = Memory();
            Figure.Print($"{Runs} waiting runs: managed memory over idle", [(heap - idleHeap) / 1e6], "MB", "");
            Figure.Print($"{Runs} waiting runs: working set over idle", [(set - idleSet) / 1e6], "MB", "at most 100");
            // The files as a killed process leaves them: no checkpoint, no snapshots, no farewell.
            foreach (var part in new[] { "", "-wal", ".witness" }) File.Copy(lab.Journal + part, killed.Journal + part);
        }

        var watch = Stopwatch.StartNew();
        var again = new EchoPerformer(64, ends: false) { Expected = Runs };
        await using (var host = killed.Open(again))
        {
            await again.Reached;
            Figure.Print($"{Runs} open runs: from SIGKILL to all at work again", [watch.Elapsed.TotalSeconds], "s", "");
        }
    }

    private static (long Heap, long Set) Memory()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return (GC.GetTotalMemory(forceFullCollection: true), process.WorkingSet64);
    }
}

using System.Diagnostics;

namespace Cairn.Bench;

/// <summary>
/// The 99th percentile of a small run's effect, from one start to the next: alone, and beside a run that spins and one
/// that is 10,000 wide.
/// </summary>
internal static class Fairness
{
    private const int Effects = 1000;
    private const int Rounds = 5;

    public static async Task MeasureAsync()
    {
        List<double> ratios = [];
        List<double> alone = [];
        List<double> beside = [];
        for (var round = -1; round < Rounds; round++)
        {
            var (quiet, busy) = (await RoundAsync(isBusy: false), await RoundAsync(isBusy: true));
            if (round < 0) continue;
            alone.Add(quiet * 1000);
            beside.Add(busy * 1000);
            ratios.Add(busy / quiet);
        }

        Figure.Print("p99 of a small run's effect, alone", alone, "ms", "");
        Figure.Print("p99 beside a spinner and a 10,000-wide run", beside, "ms", "");
        Figure.Print("p99 beside against alone", ratios, "", "at most 3");
    }

    private static async Task<double> RoundAsync(bool isBusy)
    {
        using var lab = new Lab();
        var performer = new EchoPerformer(64) { Timed = "small" };
        await using var host = lab.Open(performer);
        if (isBusy)
        {
            await host.SubmitAsync(Lab.Run("spinner", 1, 0, 0));
            await host.SubmitAsync(Lab.Run("wide", 1000, 10_000, 64));
        }

        var small = await host.SubmitAsync(Lab.Run("small", Effects, 1, 64));
        await host.WaitAsync(small);
        var times = performer.Times;
        return Figure.Percentile(
            Enumerable.Range(1, times.Count - 1).Select(i =>
                Stopwatch.GetElapsedTime(times[i - 1], times[i]).TotalSeconds),
            0.99);
    }
}

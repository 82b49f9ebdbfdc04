namespace Cairn.Bench;

/// <summary>Durable effects per second, against a raw loop that inserts the same rows in the same groups.</summary>
internal static class Throughput
{
    private const int Rounds = 7;
    private const int RequestBytes = 64;

    public static async Task MeasureAsync(string name, int runs, int rounds, string target)
    {
        List<double> ratios = [];
        List<double> engine = [];
        List<double> raw = [];
        List<double> groups = [];
        for (var round = -1; round < Rounds; round++)
        {
            using var lab = new Lab();
            double seconds;
            await using (var host = lab.Open(new EchoPerformer(RequestBytes)))
                seconds = await Lab.TimeAsync(host, runs, rounds, RequestBytes);
            var rows = RawLoop.RowsOf(lab.Journal);
            var rawSeconds = RawLoop.Time(Path.Combine(lab.Home, "raw.db"), rows);
            // The first round warms up the compiler and the disk.
            if (round < 0) continue;
            double effects = runs * rounds;
            engine.Add(effects / seconds);
            raw.Add(effects / rawSeconds);
            ratios.Add(rawSeconds / seconds);
            groups.Add((double)rows.Count / rows.DistinctBy(row => row.Commit).Count());
        }

        Figure.Print($"{name}: durable effects", engine, "/s", "");
        Figure.Print($"{name}: raw loop, same rows and groups", raw, "/s", "");
        Figure.Print($"{name}: events in a commit", groups, "", "");
        Figure.Print($"{name}: engine against raw", ratios, "", target);
    }
}

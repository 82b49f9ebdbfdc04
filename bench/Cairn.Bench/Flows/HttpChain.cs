using System.Diagnostics;

namespace Cairn.Bench.Flows;

/// <summary>
/// One flow that calls `http.get` again and again, each durable before the next, against the bare requests followed by
/// bare commits of the same rows.
/// </summary>
internal static class HttpChain
{
    private const int Calls = 500;
    private const int Rounds = 5;

    public static async Task MeasureAsync()
    {
        List<double> ratios = [];
        List<double> engine = [];
        List<double> raw = [];
        for (var round = -1; round < Rounds; round++)
        {
            await using var lab = new FlowLab();
            var seconds = await TimeAsync(lab);
            var bare = await RequestsAsync(lab.Url);
            await lab.CloseAsync();
            bare += RawLoop.Time(Path.Combine(lab.Home, "raw.db"), RawLoop.RowsOf(lab.Journal));
            // The first round warms up the compiler and the disk.
            if (round < 0)
                continue;
            engine.Add(Calls / seconds);
            raw.Add(Calls / bare);
            ratios.Add(bare / seconds);
        }

        Figure.Print("chain of http.get: durable calls", engine, "/s", "");
        Figure.Print("chain of http.get: bare request and commit", raw, "/s", "");
        Figure.Print("chain of http.get: engine against bare", ratios, "", "at least 0.6");
    }

    private static async Task<double> TimeAsync(FlowLab lab)
    {
        var watch = Stopwatch.StartNew();
        var run = await lab.StartAsync($$"""
            main:
              steps:
              - calls:
                  for:
                    value: i
                    range: [1, {{Calls}}]
                    steps:
                    - get:
                        call: http.get
                        args:
                          url: '{{lab.Url}}'
              - done:
                  return: 1
            """);
        await lab.EndAsync(run);
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> RequestsAsync(string url)
    {
        using var client = new HttpClient();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Calls; i++)
        {
            using var response = await client.GetAsync(new Uri(url));
            await response.Content.ReadAsByteArrayAsync();
        }

        return watch.Elapsed.TotalSeconds;
    }
}

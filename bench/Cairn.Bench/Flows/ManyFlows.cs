using System.Diagnostics;

namespace Cairn.Bench.Flows;

/// <summary>1,000 flows at once, each of which sleeps and calls: runs per second and memory.</summary>
internal static class ManyFlows
{
    private const int Runs = 1000;
    private const int Rounds = 3;

    public static async Task MeasureAsync()
    {
        List<double> rates = [];
        List<double> memory = [];
        for (var round = -1; round < Rounds; round++)
        {
            await using var lab = new FlowLab();
            var idle = Memory();
            var watch = Stopwatch.StartNew();
            var flow = Flow(lab.Url);
            var runs = await Task.WhenAll(Enumerable.Range(0, Runs).Select(_ => lab.StartAsync(flow)));
            var waiting = Memory() - idle;
            foreach (var run in runs)
                await lab.EndAsync(run);
            if (round < 0)
                continue;
            rates.Add(Runs / watch.Elapsed.TotalSeconds);
            memory.Add(waiting / 1e6);
        }

        Figure.Print($"{Runs} flows that sleep 1 s and call twice", rates, "runs/s", "");
        Figure.Print($"{Runs} flows that sleep and call: working set over idle", memory, "MB", "");
    }

    private static string Flow(string url) => $$"""
        main:
          steps:
          - first:
              call: http.get
              args:
                url: '{{url}}'
              result: one
          - sleep:
              call: sys.sleep
              args:
                seconds: 1
          - second:
              call: http.get
              args:
                url: '{{url}}'
              result: two
          - done:
              return: '${one.body.a + two.body.a}'
        """;

    private static long Memory()
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}

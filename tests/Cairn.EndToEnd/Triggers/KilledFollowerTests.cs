using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.Triggers;

/// <summary>Markers are dropped into a folder while `cairn up` is killed again and again.</summary>
public sealed class KilledFollowerTests
{
    private const int Kills = 6;
    private const int Kill = 9;

    [Fact]
    public async Task Each_marker_starts_exactly_one_run_however_often_the_follower_is_killed()
    {
        using var bench = new Workbench();
        WriteProject(bench);
        var dropped = 0;
        using (var first = bench.Start("up"))
        {
            await first.SaysAsync("is up");
            first.Signal(Kill);
        }

        for (var kill = 0; kill < Kills; kill++)
        {
            using var up = bench.Start("up");
            Drop(bench, ++dropped);
            // Killed while it starts, while it takes the file up, and after it has started something.
            if (kill % 3 > 0)
                await up.SaysAsync("is up");
            Drop(bench, ++dropped);
            if (kill % 3 > 1)
                await up.SaysAsync("mark started");
            up.Signal(Kill);
        }

        using var last = bench.Start("up");
        await last.SaysAsync("is up");
        Drop(bench, ++dropped);
        await last.SaysAsync($"out/scenes/s{dropped}/.done");
        foreach (var number in Enumerable.Range(1, dropped))
            Assert.Equal(0, (await bench.RunAsync("runs", "watch", $"hello-{number}")).ExitCode);

        var runs = (await bench.RunAsync("runs", "list", "-o", "json")).Json;
        var fired = (await bench.RunAsync("trigger", "log", "--limit", "1000", "-o", "json")).Json;
        Assert.Equal(dropped, runs.GetArrayLength());
        Assert.Equal(
            Enumerable.Range(1, dropped).Select(number => $"cairn://out/scenes/s{number}/.done").Order(),
            fired.EnumerateArray().Select(line => line.GetProperty("subject").GetString()).Order());
        Assert.All(fired.EnumerateArray(), line => Assert.Equal("fired", line.GetProperty("outcome").GetString()));
    }

    private static void WriteProject(Workbench bench)
    {
        bench.Write("cairn.yaml", """
            cairn: 1
            name: bench
            stores: {out: {url: "file:out"}}
            flows: [flows/*.yaml]
            triggers:
              mark: {match: "scenes/{id}/.done", run: hello}

            """);
        bench.Write("flows/hello.yaml", """
            main:
              params: [event]
              steps:
                - done:
                    return: ${event.data.name}
            """);
    }

    private static void Drop(Workbench bench, int number) => bench.Write($"out/scenes/s{number}/.done", "{}");
}

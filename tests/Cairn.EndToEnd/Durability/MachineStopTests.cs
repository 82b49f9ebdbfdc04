using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.Durability;

/// <summary>
/// The machine stops while tasks run: the engine and every process of every task are killed together. What was lost is
/// retried by the tasks' own rule, each attempt is counted, and nothing half-written passes for whole.
/// </summary>
public sealed class MachineStopTests
{
    private const int Stops = 6;
    private const int MostRounds = 20;

    [Fact]
    public async Task Lost_attempts_are_counted_and_no_output_is_half_written()
    {
        var random = new Random(4711);
        var whole = await WholeAsync();
        for (var (stops, rounds) = (0, 0); stops < Stops; rounds++)
        {
            Assert.True(rounds < MostRounds, $"only {stops} stops in {MostRounds} runs");
            stops += await RoundAsync(whole, random, Stops - stops);
        }
    }

    private static async Task<IReadOnlyDictionary<string, string>> WholeAsync()
    {
        using var bench = new Workbench();
        (await bench.RunAsync("run", Write(bench), "-o", "json")).Exits(0);
        return FolderContent.Of(bench.Bucket);
    }

    private static async Task<int> RoundAsync(IReadOnlyDictionary<string, string> whole, Random random, int most)
    {
        using var bench = new Workbench();
        var graph = Write(bench);
        for (var stops = 0; ; stops++)
        {
            using var changes = new FolderChanges(bench.Folder);
            using var life = stops == 0
                ? bench.Start("run", graph, "-o", "json")
                : bench.Start("runs", "resume", "stopped-1", "-o", "json");
            var end = life.EndAsync();
            if (stops == 0)
                await life.SaysAsync("stopped-1 started");
            if (stops < most && await Task.WhenAny(end, changes.ReachAsync(random.Next(1, 60))) != end)
            {
                life.Signal(Posix.Kill);
                TaskProcesses.KillAll(bench.Home);
                var killed = await end;
                // Its tasks may have begun one more process while it died.
                TaskProcesses.KillAll(bench.Home);
                AssertWhole(bench, whole);
                if (killed.ExitCode == 137)
                    continue;
            }

            var ended = await end;
            if (ended.ExitCode == 2 && ended.Out.Contains("has ended"))
                ended = await bench.RunAsync("runs", "show", "stopped-1", "-o", "json");
            Check(bench, whole, ended.Exits(0));
            return stops;
        }
    }

    private static void Check(Workbench bench, IReadOnlyDictionary<string, string> whole, Invocation ended)
    {
        Assert.Equal(whole, FolderContent.Of(bench.Bucket));
        var launches = Keys.Count(bench);
        Assert.All(launches, task => Assert.All(task.Value, times => Assert.Equal(1, times)));
        foreach (var task in ended.Json.GetProperty("tasks").EnumerateArray())
        {
            Assert.Equal("COMPLETED", task.GetProperty("state").GetString());
            // An attempt that was lost before its first line is counted by the engine alone.
            var name = task.GetProperty("name").GetString()!;
            Assert.InRange(launches[name].Length, 1, task.GetProperty("retry_id").GetInt32() + 1);
        }
    }

    /// <summary>What is there is what belongs there, to the last byte; what is not whole is not there.</summary>
    private static void AssertWhole(Workbench bench, IReadOnlyDictionary<string, string> whole)
    {
        foreach (var (name, hash) in FolderContent.Of(bench.Bucket))
            Assert.True(whole.TryGetValue(name, out var right) && right == hash, $"{name} is half-written");
    }

    private static string Write(Workbench bench)
    {
        bench.AllowEvidence();
        bench.Write("stopped.yaml", Text.Replace("EVIDENCE", bench.Evidence));
        return "stopped.yaml";
    }

    private const string Text = """
        workflow:
          name: stopped
          tasks:
          - name: first
            image: ubuntu:24.04
            volumeMounts: ["EVIDENCE:/evidence"]
            exitActions: {RESCHEDULE: "137,3001"}
            outputs: [{url: "cairn://out/first"}]
            command: [bash, -c]
            args:
            - |
              echo "first $CAIRN_TASK" >> /evidence/keys
              for part in 1 2 3 4; do seq 1 100000 > {{output}}/$part.txt; done
          - name: second
            image: ubuntu:24.04
            volumeMounts: ["EVIDENCE:/evidence"]
            inputs: [{task: first}]
            exitActions: {RESCHEDULE: "137,3001"}
            outputs: [{url: "cairn://out/second"}]
            command: [bash, -c]
            args:
            - |
              echo "second $CAIRN_TASK" >> /evidence/keys
              cat {{input:0}}/*.txt | sort > {{output}}/sorted.txt
        """;
}

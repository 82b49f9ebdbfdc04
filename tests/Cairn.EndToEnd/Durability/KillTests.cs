using System.Globalization;
using System.Text.Json;
using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.Durability;

/// <summary>
/// The promise of durability on the real program: the engine is killed with SIGKILL again and again while its tasks
/// run,
/// and started again. CAIRN_SEED repeats the moments of an earlier run of the tests.
/// </summary>
public sealed class KillTests
{
    private const int Kills = 20;
    private const int MostRounds = 40;
    private readonly int _seed = Seed();

    [Fact]
    public async Task Killed_at_twenty_moments_every_attempt_happens_once_and_the_outputs_are_the_same()
    {
        var reference = await Reference.GetAsync();
        var random = new Random(_seed);
        var (kills, rounds) = (0, 0);
        while (kills < Kills)
        {
            Assert.True(++rounds <= MostRounds, $"seed {_seed}: only {kills} kills in {MostRounds} runs");
            kills += await RoundAsync(reference, random, Kills - kills);
        }
    }

    /// <summary>One run from its start to its end, killed on the way as often as it lives long enough.</summary>
    private async Task<int> RoundAsync(Reference reference, Random random, int most)
    {
        using var bench = new Workbench();
        var graph = KillGraph.Write(bench);
        List<string> moments = [];
        var acknowledged = false;
        while (true)
        {
            using var changes = new FolderChanges(bench.Folder);
            using var life = acknowledged
                ? bench.Start("runs", "resume", KillGraph.Id, "-o", "json")
                : bench.Start("run", graph, "-o", "json");
            if (moments.Count < most && await KilledAsync(life, changes, random, reference.Changes) is { } moment)
            {
                moments.Add(moment);
                acknowledged |= life.ErrorSoFar.Contains($"{KillGraph.Id} started");
                if (!acknowledged)
                    acknowledged = (await bench.RunAsync("runs", "show", KillGraph.Id)).ExitCode == 0;
                continue;
            }

            var ended = await life.EndAsync();
            if (ended.ExitCode == 2 && ended.Out.Contains("has ended"))
                ended = await bench.RunAsync("runs", "show", KillGraph.Id, "-o", "json");
            var told = $"seed {_seed}, killed at [{string.Join("; ", moments)}]";
            Console.WriteLine(told);
            Check(bench, reference, ended, told);
            return moments.Count;
        }
    }

    /// <summary>Kills at a seeded change of the folder and a seeded spin behind it; null when the run ended
    /// before.</summary>
    private static async Task<string?> KilledAsync(LiveCairn life, FolderChanges changes, Random random, int usual)
    {
        var (at, spin) = (random.Next(1, Math.Max(2, usual / 2)), random.Next(1, 200_000));
        var end = life.EndAsync();
        if (await Task.WhenAny(end, changes.ReachAsync(at)) == end)
            return null;
        Thread.SpinWait(spin);
        life.Signal(Posix.Kill);
        // 128 + SIGKILL; anything else means that it came to its end by itself in the last moment.
        return (await end).ExitCode == 137 ? $"change {at}, spin {spin}" : null;
    }

    private static void Check(Workbench bench, Reference reference, Invocation ended, string moments)
    {
        Assert.True(ended.ExitCode == 0, $"{moments}\n{ended}");
        ended.AssertNoTrace();
        Assert.True(
            JsonSerializer.Serialize(KillGraph.Launches) == JsonSerializer.Serialize(Keys.Count(bench)),
            $"{moments}: launches\n{File.ReadAllText(Path.Combine(bench.Evidence, "keys"))}");
        Assert.True(
            reference.Outputs.SequenceEqual(FolderContent.Of(bench.Bucket)),
            $"{moments}: outputs\n{JsonSerializer.Serialize(FolderContent.Of(bench.Bucket))}");
        Assert.True(
            reference.Tasks.SequenceEqual(Reference.TasksOf(ended.Json)),
            $"{moments}: tasks\n{string.Join('\n', Reference.TasksOf(ended.Json))}");
    }

    private static int Seed()
    {
        var seed = Environment.GetEnvironmentVariable("CAIRN_SEED") is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        Console.WriteLine($"kill tests: CAIRN_SEED={seed}");
        return seed;
    }
}

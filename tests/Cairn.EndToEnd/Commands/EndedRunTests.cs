using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.Commands;

/// <summary>What can be done with runs that have ended: taking their outputs again, and pruning them.</summary>
public sealed class EndedRunTests : IDisposable
{
    private readonly Workbench _bench = new();

    public EndedRunTests() => _bench.AllowEvidence();

    [Fact]
    public async Task Reuse_takes_the_outputs_of_an_equal_task_and_runs_what_changed()
    {
        var graph = Chain("first");
        (await _bench.RunAsync("run", graph)).Exits(0);
        var equal = (await _bench.RunAsync("run", graph, "--reuse", "-o", "json")).Exits(0);
        Assert.Equal("COMPLETED", equal.Json.GetProperty("state").GetString());
        Assert.Equal(["make", "use"], Launches());
        Assert.Equal("first\nused\n", File.ReadAllText(Path.Combine(_bench.Bucket, "second.txt")));
        var why = (await _bench.RunAsync("runs", "why", "chain-2", "-o", "json")).Exits(0);
        Assert.Contains("chain-1", why.Json.ToString());
        File.Delete(Path.Combine(_bench.Bucket, "second.txt"));
        (await _bench.RunAsync("run", graph, "--reuse")).Exits(0);
        Assert.Equal(["make", "use", "use"], Launches());
    }

    [Fact]
    public async Task Outputs_that_a_later_run_wrote_over_are_not_taken_for_the_task_s_own()
    {
        var graph = Chain("first");
        (await _bench.RunAsync("run", graph)).Exits(0);

        Chain("other");
        (await _bench.RunAsync("run", graph, "--reuse", "-o", "json")).Exits(0);
        Assert.Equal(["make", "use", "make", "use"], Launches());
        Assert.Equal("other\nused\n", File.ReadAllText(Path.Combine(_bench.Bucket, "second.txt")));

        Chain("first");
        (await _bench.RunAsync("run", graph, "--reuse", "-o", "json")).Exits(0);
        Assert.Equal(["make", "use", "make", "use", "use"], Launches());
        Assert.Equal("first\nused\n", File.ReadAllText(Path.Combine(_bench.Bucket, "second.txt")));
    }

    [Fact]
    public async Task Prune_deletes_an_ended_run_with_the_folders_of_its_tasks()
    {
        var graph = _bench.OneTask("short", "echo done");
        (await _bench.RunAsync("run", graph)).Exits(0);
        (await _bench.RunAsync("run", graph)).Exits(0);
        Assert.Equal(2, TaskFolders().Length);

        var pruned = (await _bench.RunAsync("runs", "prune", "short-1")).Exits(0);

        Assert.Equal("short-1\n", pruned.Out);
        Assert.Single(TaskFolders());
        (await _bench.RunAsync("runs", "show", "short-1")).Exits(4);
        (await _bench.RunAsync("runs", "show", "short-2")).Exits(0);
        Assert.Equal("", (await _bench.RunAsync("runs", "prune")).Exits(0).Out);
        Assert.Equal("", (await _bench.RunAsync("runs", "prune", "--older-than", "1h")).Exits(0).Out);
        Assert.Equal("short-2\n", (await _bench.RunAsync("runs", "prune", "--older-than", "0s")).Exits(0).Out);
        Assert.Empty(TaskFolders());
    }

    [Fact]
    public async Task A_run_that_has_not_ended_is_not_pruned()
    {
        using var owner = _bench.Start("run", _bench.Waiting("slow"), "-o", "json");
        await _bench.BegunAsync("slow");

        var refused = (await _bench.RunAsync("runs", "prune", "slow-1")).Exits(2);

        Assert.Contains("slow-1 has not ended", refused.Error);
        _bench.Release("slow");
        (await owner.EndAsync()).Exits(0);
    }

    public void Dispose() => _bench.Dispose();

    private string Chain(string word)
    {
        _bench.Write("chain.yaml", $$$"""
            workflow:
              name: chain
              tasks:
              - name: make
                image: ubuntu:24.04
                volumeMounts: ["{{{_bench.Evidence}}}:/evidence"]
                command: [bash, -c]
                args: ["echo make >> /evidence/launches; echo {{{word}}} > {{output}}/first.txt"]
              - name: use
                image: ubuntu:24.04
                volumeMounts: ["{{{_bench.Evidence}}}:/evidence"]
                inputs: [{task: make}]
                outputs: [{url: "cairn://out"}]
                command: [bash, -c]
                args:
                - |
                  echo use >> /evidence/launches
                  cat {{input:0}}/first.txt > {{output}}/second.txt
                  echo used >> {{output}}/second.txt
            """);
        return "chain.yaml";
    }

    private List<string> Launches() =>
        [.. File.ReadLines(Path.Combine(_bench.Evidence, "launches"))];

    private string[] TaskFolders() => Directory.GetDirectories(Path.Combine(_bench.Home, "tasks"));
}

using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.Commands;

/// <summary>Commands that reach into a run while its task works: `cp`, `watch`, `cancel`, `terminate`.</summary>
public sealed class RunningTaskTests : IDisposable
{
    private readonly Workbench _bench = new();

    public RunningTaskTests() => _bench.AllowEvidence();

    [Fact]
    public async Task Files_are_copied_out_of_a_running_task_and_into_it()
    {
        using var owner = _bench.Start("run", _bench.OneTask("busy", """
            echo made > /tmp/made.txt
            echo "busy $CAIRN_TASK" >> /evidence/keys
            until [ -e /tmp/given.txt ]; do sleep 0.05; done
            cat /tmp/given.txt > {{output}}/given.txt
            """), "-o", "json");
        await _bench.BegunAsync("busy");

        (await _bench.RunAsync("runs", "cp", "busy-1", "only", ":/tmp/made.txt", "fetched.txt")).Exits(0);
        Assert.Equal("made\n", File.ReadAllText(Path.Combine(_bench.Folder, "fetched.txt")));
        (await _bench.RunAsync("runs", "cp", "busy-1", "only", ":/tmp/none.txt", "fetched.txt")).Exits(4);
        (await _bench.RunAsync("runs", "cp", "busy-1", "only", ":/etc/passwd", "fetched.txt")).Exits(2);
        (await _bench.RunAsync("runs", "cp", "busy-1", "only", "fetched.txt", "second.txt")).Exits(2);

        (await _bench.RunAsync("runs", "cp", "busy-1", "only", "fetched.txt", ":/tmp/given.txt")).Exits(0);
        (await owner.EndAsync()).Exits(0);
        var late = (await _bench.RunAsync("runs", "cp", "busy-1", "only", ":/tmp/made.txt", "x")).Exits(4);
        Assert.Contains("does not run now", late.Error);
    }

    [Fact]
    public async Task Ctrl_C_stops_watching_and_not_the_run()
    {
        using var owner = _bench.Start("run", _bench.Waiting("slow"), "-o", "json");
        await _bench.BegunAsync("slow");
        using var watcher = _bench.Start("runs", "watch", "slow-1");
        await watcher.SaysAsync("only RUNNING");

        watcher.Signal(Posix.Interrupt);
        (await watcher.EndAsync()).Exits(130);

        var shown = (await _bench.RunAsync("runs", "show", "slow-1", "-o", "json")).Exits(0);
        Assert.Equal("RUNNING", shown.Json.GetProperty("state").GetString());
        _bench.Release("slow");
        (await owner.EndAsync()).Exits(0);
        var seen = (await _bench.RunAsync("runs", "watch", "slow-1", "-o", "json")).Exits(0);
        Assert.Equal("COMPLETED", seen.Json.GetProperty("state").GetString());
        Assert.Equal([1], Durability.Keys.Count(_bench)["slow"]);
    }

    [Theory]
    [InlineData("cancel", "FAILED_CANCELED", true)]
    [InlineData("terminate", "TERMINATED", false)]
    public async Task Cancel_lets_a_task_tidy_up_and_terminate_does_not(string verb, string state, bool tidied)
    {
        using var owner = _bench.Start("run", _bench.OneTask("stubborn", """
            trap 'echo tidied > /evidence/tidied; exit 1' TERM
            echo "stubborn $CAIRN_TASK" >> /evidence/keys
            while true; do sleep 0.05; done
            """), "-o", "json");
        await _bench.BegunAsync("stubborn");

        var told = (await _bench.RunAsync("runs", verb, "stubborn-1", "-m", "enough", "-o", "json")).Exits(0);

        Assert.Equal(state, told.Json.GetProperty("state").GetString());
        var ended = (await owner.EndAsync()).Exits(1);
        Assert.Equal(state, ended.Json.GetProperty("state").GetString());
        Assert.Empty(TaskProcesses.Find(_bench.Home));
        Assert.Equal(tidied, File.Exists(Path.Combine(_bench.Evidence, "tidied")));
        var again = (await _bench.RunAsync("runs", verb, "stubborn-1", "-o", "json")).Exits(2);
        Assert.Contains("has ended already", again.Errors);
    }

    public void Dispose() => _bench.Dispose();
}

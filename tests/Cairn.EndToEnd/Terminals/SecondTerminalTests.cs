using Cairn.EndToEnd.Durability;
using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.Terminals;

/// <summary>Two processes on one state folder: one owns it, the others hand it their runs and watch.</summary>
public sealed class SecondTerminalTests : IDisposable
{
    private readonly Workbench _bench = new();

    public SecondTerminalTests() => _bench.AllowEvidence();

    [Fact]
    public async Task A_run_given_to_a_watcher_is_executed_by_the_owner()
    {
        using var owner = await OwnerAsync("slow");
        using var watcher = _bench.Start("run", _bench.Waiting("handed"), "-o", "json");
        Assert.Contains("is owned by", await watcher.SaysAsync("watching"));
        await _bench.BegunAsync("handed");

        await watcher.KillAsync();
        _bench.Release("handed");

        using var looker = _bench.Start("runs", "watch", "handed-1", "-o", "json");
        var seen = (await looker.EndAsync()).Exits(0);
        Assert.Equal("COMPLETED", seen.Json.GetProperty("state").GetString());
        _bench.Release("slow");
        (await owner.EndAsync()).Exits(0);
        Assert.Equal([1], Keys.Count(_bench)["handed"]);
    }

    [Fact]
    public async Task A_watcher_takes_over_when_the_owner_is_killed()
    {
        using var owner = await OwnerAsync("slow");
        using var watcher = _bench.Start("run", _bench.Waiting("mine"), "-o", "json");
        await watcher.SaysAsync("watching");
        await _bench.BegunAsync("mine");

        await owner.KillAsync();
        await watcher.SaysAsync("taking over");
        _bench.Release("mine");
        var mine = (await watcher.EndAsync()).Exits(0);
        Assert.Equal("COMPLETED", mine.Json.GetProperty("state").GetString());

        _bench.Release("slow");
        var slow = (await _bench.RunAsync("runs", "watch", "slow-1", "-o", "json")).Exits(0);
        Assert.Equal("COMPLETED", slow.Json.GetProperty("state").GetString());
        Assert.Equal([1], Keys.Count(_bench)["mine"]);
        Assert.Equal([1], Keys.Count(_bench)["slow"]);
    }

    [Fact]
    public async Task Looking_at_a_run_does_not_disturb_its_owner()
    {
        using var owner = await OwnerAsync("slow");

        var shown = (await _bench.RunAsync("runs", "show", "slow-1", "-o", "json")).Exits(0);
        Assert.Equal("RUNNING", shown.Json.GetProperty("state").GetString());
        Assert.Equal("running", shown.Json.GetProperty("outcome").GetString());

        _bench.Release("slow");
        (await owner.EndAsync()).Exits(0);
    }

    public void Dispose() => _bench.Dispose();

    private async Task<LiveCairn> OwnerAsync(string name)
    {
        var owner = _bench.Start("run", _bench.Waiting(name), "-o", "json");
        await _bench.BegunAsync(name);
        return owner;
    }
}

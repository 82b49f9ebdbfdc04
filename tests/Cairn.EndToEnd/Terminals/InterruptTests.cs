using Cairn.EndToEnd.Durability;
using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.Terminals;

/// <summary>Ctrl-C parks what this terminal started; nothing is lost by it.</summary>
public sealed class InterruptTests : IDisposable
{
    private readonly Workbench _bench = new();

    public InterruptTests() => _bench.AllowEvidence();

    [Theory]
    [InlineData(Posix.Interrupt)]
    [InlineData(Posix.Terminate)]
    public async Task An_interrupted_run_is_parked_and_repeated_on_resume_without_counting_as_a_retry(int signal)
    {
        using var life = _bench.Start("run", _bench.Waiting("parked"), "-o", "json");
        await _bench.BegunAsync("parked");
        life.Signal(signal);
        var parked = (await life.EndAsync()).Exits(130);

        Assert.Contains("cairn runs resume parked-1", parked.Error);
        Assert.Empty(TaskProcesses.Find(_bench.Home));
        var shown = (await _bench.RunAsync("runs", "show", "parked-1", "-o", "json")).Exits(0).Json;
        Assert.Equal("INTERRUPTED", shown.GetProperty("state").GetString());
        Assert.Equal("waiting", shown.GetProperty("outcome").GetString());

        using var resumed = _bench.Start("runs", "resume", "parked-1", "-o", "json");
        await _bench.BegunAsync("parked", times: 2);
        _bench.Release("parked");
        var ended = (await resumed.EndAsync()).Exits(0).Json;
        Assert.Equal("COMPLETED", ended.GetProperty("state").GetString());
        Assert.Equal(0, ended.GetProperty("tasks")[0].GetProperty("retry_id").GetInt32());
        Assert.Equal([1, 1], Keys.Count(_bench)["parked"]);
    }

    [Fact]
    public async Task A_parked_run_waits_for_its_word_while_others_run()
    {
        using var life = _bench.Start("run", _bench.Waiting("parked"), "-o", "json");
        await _bench.BegunAsync("parked");
        life.Signal(Posix.Interrupt);
        (await life.EndAsync()).Exits(130);

        (await _bench.RunAsync("run", _bench.OneTask("other", "true"), "-o", "json")).Exits(0);

        var shown = (await _bench.RunAsync("runs", "show", "parked-1", "-o", "json")).Exits(0).Json;
        Assert.Equal("INTERRUPTED", shown.GetProperty("state").GetString());
        Assert.Equal([1], Keys.Count(_bench)["parked"]);
    }

    [Fact]
    public async Task A_second_interrupt_leaves_at_once()
    {
        using var life = _bench.Start("run", _bench.Waiting("stubborn", before: "trap '' TERM"), "-o", "json");
        await _bench.BegunAsync("stubborn");
        life.Signal(Posix.Interrupt);
        await life.SaysAsync("Ctrl-C again leaves at once");
        life.Signal(Posix.Interrupt);

        var left = (await life.EndAsync()).Exits(130);

        Assert.Contains("left; stubborn-1 goes on", left.Error);
        Assert.NotEmpty(TaskProcesses.Find(_bench.Home));
        _bench.Release("stubborn");
    }

    public void Dispose() => _bench.Dispose();
}

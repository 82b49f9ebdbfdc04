using System.Text;
using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.BadInput;

/// <summary>A byte of journal.db that turned over while nobody looked.</summary>
public sealed class DamagedJournalTests : IDisposable
{
    private const int SchemaCookie = 100;
    private readonly Workbench _bench = new();

    public DamagedJournalTests() => _bench.AllowEvidence();

    [Fact]
    public async Task A_damaged_open_run_is_named_and_set_aside_on_the_users_word()
    {
        await ParkAsync("parked");
        Flip("until [ -e /evidence/parked");

        var graph = _bench.OneTask("other", "true");
        for (var times = 0; times < 2; times++)
        {
            var refused = (await _bench.RunAsync("run", graph, "-o", "json")).Exits(75);
            Assert.Contains("the journal is damaged", refused.Errors);
            Assert.Contains("--accept-loss", refused.Errors);
        }

        var listed = (await _bench.RunAsync("runs", "list", "-o", "json")).Exits(0);
        Assert.Contains("parked-1", listed.Out);
        Assert.Contains("INTERRUPTED", listed.Out);

        var accepted = (await _bench.RunAsync("run", graph, "--accept-loss")).Exits(0);
        Assert.Contains("parked-1 is set aside:", accepted.Error);
        (await _bench.RunAsync("run", graph)).Exits(0);
        var shown = (await _bench.RunAsync("runs", "show", "parked-1", "-o", "json")).Exits(0);
        Assert.Equal("DAMAGED", shown.Json.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_damaged_ended_run_harms_no_other_and_its_graph_runs_again()
    {
        var graph = _bench.OneTask("again", "echo here-is-the-script");
        (await _bench.RunAsync("run", graph)).Exits(0);
        Flip("echo here-is-the-script");

        (await _bench.RunAsync("runs", "list")).Exits(0);
        (await _bench.RunAsync("run", graph)).Exits(0);
        (await _bench.RunAsync("runs", "show", "again-2")).Exits(0);
    }

    [Fact]
    public async Task A_file_that_is_no_database_any_more_is_named_and_left_alone()
    {
        (await _bench.RunAsync("run", _bench.OneTask("x", "true"))).Exits(0);
        Flip(SchemaCookie);
        var before = File.ReadAllBytes(Journal);

        foreach (var flags in (string[][])[[], ["--accept-loss"]])
        {
            var refused = (await _bench.RunAsync(["run", "x.yaml", .. flags, "-o", "json"])).Exits(75);
            Assert.Contains($"the journal {Journal} cannot be opened", refused.Errors);
            Assert.Contains("restore the file from a copy", refused.Errors);
        }

        Assert.Equal(before, File.ReadAllBytes(Journal));
    }

    public void Dispose() => _bench.Dispose();

    private string Journal => Path.Combine(_bench.Home, "journal.db");

    private async Task ParkAsync(string name)
    {
        using var life = _bench.Start("run", _bench.Waiting(name));
        await _bench.BegunAsync(name);
        life.Signal(Posix.Interrupt);
        (await life.EndAsync()).Exits(130);
    }

    /// <summary>Turns over the first byte of every occurrence: some may lie in pages that are free by now.</summary>
    private void Flip(string text)
    {
        var (wanted, found) = (Encoding.UTF8.GetBytes(text), 0);
        var content = File.ReadAllBytes(Journal);
        for (var at = 0; (at = content.AsSpan(at).IndexOf(wanted) is var next and >= 0 ? at + next : -1) >= 0; found++)
            content[at] ^= 0x55;
        Assert.InRange(found, 1, int.MaxValue);
        File.WriteAllBytes(Journal, content);
    }

    private void Flip(int at)
    {
        var content = File.ReadAllBytes(Journal);
        content[at] ^= 0x55;
        File.WriteAllBytes(Journal, content);
    }
}

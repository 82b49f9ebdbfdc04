using Cairn.Platform.Executors.Local.Logs;

namespace Cairn.Platform.Tests.Executors;

public sealed class LogTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [SandboxFact]
    public async Task Lines_of_the_task_and_of_the_executor_come_in_the_order_of_their_times()
    {
        var order = _bench.Start(_bench.Shell("echo one; echo two >&2; echo three; printf four > {{output}}/x"));
        await _bench.Log.Result(order.Key);

        var lines = TaskLogs.Read(_bench.FolderOf(order)).ToArray();

        Assert.Equal(
            ["one", "two", "three"], lines.Where(line => !line.Control).Select(line => line.Text));
        Assert.Equal("Image ubuntu:22.04 is replaced: host", lines[0].Text);
        Assert.Equal("All Outputs Uploaded", lines[^1].Text);
        Assert.Equal(lines.Select(line => line.Time).Order(), lines.Select(line => line.Time));
    }

    [SandboxFact]
    public async Task A_log_that_is_too_large_keeps_its_head_and_its_tail_and_names_the_gap()
    {
        _bench.Settings = _bench.Settings with { LogLimits = new LogLimits(1 << 20, 256 << 10) };

        var order = _bench.Start(_bench.Shell("seq 1 1000000"));
        await _bench.Log.Result(order.Key);
        var lines = TaskLogs.Read(_bench.FolderOf(order))
            .Where(line => !line.Control).Select(line => line.Text).ToArray();

        Assert.Equal("1", lines[0]);
        Assert.Equal("1000000", lines[^1]);
        var gap = Array.FindIndex(lines, line => line.StartsWith("... ", StringComparison.Ordinal));
        var left = int.Parse(lines[gap].Split(' ')[1]);
        Assert.Equal(1_000_000, lines.Length - 1 + left);
        Assert.Equal(int.Parse(lines[gap - 1]) + left + 1, int.Parse(lines[gap + 1]));
    }
}

using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Logs;
using Cairn.Platform.Executors.Local.Processes;

namespace Cairn.Platform.Tests.Executors;

public sealed class LogTests : IDisposable
{
    private readonly Bench _bench = new();

    private const string Secret = "open-sesame-123";

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
    public async Task Values_of_credentials_are_hidden_where_they_stand_in_the_log_also_across_reads()
    {
        var order = _bench.Start(WithSecret(
            "echo token=$TOKEN.; head -c 65530 /dev/zero | tr '\\0' x; echo $TOKEN; cat /creds/pin; echo end"));
        await _bench.Log.Result(order.Key);

        var log = _bench.OutputOf(order);
        Assert.DoesNotContain(Secret, log);
        Assert.StartsWith("token=[MASKED]*******.\n", log);
        Assert.EndsWith("x[MASKED]*******\n1234end\n", log);
    }

    [SandboxFact]
    public async Task What_a_task_wrote_while_no_engine_lived_is_hidden_by_the_next_one()
    {
        var (started, gate) = (_bench.Gate("started"), _bench.Gate("gate"));
        var order = _bench.Start(WithSecret("echo up > /shared/started; cat /shared/gate; echo $TOKEN"));
        await _bench.Hear(started);

        _bench.Crash();
        await _bench.Pass(gate);
        _bench.Recover(order);
        await _bench.Log.Result(order.Key);

        Assert.Equal("go\n[MASKED]*******\n", _bench.OutputOf(order));
    }

    [SandboxFact]
    public async Task A_secret_stands_in_no_argument_list()
    {
        var (started, gate) = (_bench.Gate("started"), _bench.Gate("gate"));
        var order = _bench.Start(WithSecret("echo $TOKEN > /shared/started; cat /shared/gate"));
        Assert.Equal(Secret, await _bench.Hear(started));

        Assert.DoesNotContain(
            ProcessIdentity.All().SelectMany(ProcessIdentity.ArgumentsOf), word => word.Contains(Secret));
        await _bench.Pass(gate);
        await _bench.Log.Result(order.Key);
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

    private TaskOrder WithSecret(string line)
    {
        _bench.Settings = _bench.Settings with
        {
            Credentials = name => name == "door"
                ? new SortedDictionary<string, string>(StringComparer.Ordinal) { ["token"] = Secret, ["pin"] = "1234" }
                : null,
        };
        return _bench.Shell(line) with
        {
            Credentials =
            [
                new TaskCredential("door", null, [new NameValue("TOKEN", "token")]),
                new TaskCredential("door", "/creds", []),
            ],
        };
    }
}

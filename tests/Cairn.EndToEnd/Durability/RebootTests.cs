using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.Durability;

/// <summary>The machine starts anew while a task runs: what ran before its boot is lost, whatever its number
/// says.</summary>
public sealed class RebootTests : IDisposable
{
    private readonly Workbench _bench = new();

    public RebootTests() => _bench.AllowEvidence();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_task_of_an_earlier_boot_is_lost_and_retried_by_its_rule(bool retries)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can show a program another boot id");
        var graph = Graph(retries ? "\n    exitActions: {RESCHEDULE: \"3001\"}" : "");
        using (var life = _bench.Start("run", graph, "-o", "json"))
        {
            await _bench.BegunAsync("before");
            await life.KillAsync();
        }

        TaskProcesses.KillAll(_bench.Home);
        using var after = _bench.StartAfterBoot("runs", "watch", "before-1", "-o", "json");
        if (retries)
        {
            await _bench.BegunAsync("before", times: 2);
            _bench.Release("before");
        }

        var ended = (await after.EndAsync()).Exits(retries ? 0 : 1);

        var task = ended.Json.GetProperty("tasks")[0];
        Assert.Equal(retries ? 1 : 0, task.GetProperty("retry_id").GetInt32());
        Assert.Equal(retries ? [1, 1] : (int[])[1], Keys.Count(_bench)["before"]);
        if (!retries)
        {
            Assert.Equal(3001, task.GetProperty("exit_code").GetInt32());
            Assert.Contains("The machine was restarted", task.GetProperty("reason").GetString());
        }
    }

    public void Dispose() => _bench.Dispose();

    private string Graph(string rule)
    {
        _bench.Write("before.yaml", $$"""
            workflow:
              name: before
              tasks:
              - name: only
                image: ubuntu:24.04
                volumeMounts: ["{{_bench.Evidence}}:/evidence"]{{rule}}
                command: [bash, -c]
                args:
                - |
                  echo "before $CAIRN_TASK" >> /evidence/keys
                  until [ -e /evidence/before ]; do sleep 0.05; done
            """);
        return "before.yaml";
    }
}

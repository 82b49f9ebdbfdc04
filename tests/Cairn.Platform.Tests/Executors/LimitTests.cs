using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Cgroups;
using Cairn.Platform.Executors.Local.Processes;

namespace Cairn.Platform.Tests.Executors;

public sealed class LimitTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [SandboxFact]
    public async Task A_task_that_takes_more_memory_than_it_asked_for_is_told_from_one_that_was_killed()
    {
        Assert.SkipWhen(NoLimits() is not null, NoLimits() ?? "");

        var result = await _bench.Finish(_bench.Shell("head -c 200000000 /dev/zero | tail -c 150000000 | wc -c"));
        var big = await _bench.Finish(
            _bench.Command("/usr/bin/perl", "-e", "my $x = 'a' x 200000000; print length $x"));

        Assert.Equal((TaskEnding.OutOfMemory, 3004), (big.Ending, big.ExitCode));
        Assert.InRange(big.PeakMemoryBytes, 32 << 20, 64 << 20);
        Assert.Contains("64 MiB", big.Message);
        Assert.NotEqual(TaskEnding.Signaled, result.Ending);
    }

    [SandboxFact]
    public async Task Values_of_credentials_stand_in_no_argument_list_and_in_no_file_of_the_task()
    {
        const string secret = "s3cr3t-9f2d7c";
        _bench.Settings = _bench.Settings with
        {
            Credentials = name => name == "hub" ? new Dictionary<string, string> { ["token"] = secret } : null,
        };
        var started = _bench.Gate("started");
        var gate = _bench.Gate("gate");
        var order = _bench.Start(
            _bench.Shell("echo up > /shared/started; cat /shared/gate; [ $(cat /creds/token) = $HUB ]") with
            {
                Credentials =
                [
                    new TaskCredential("hub", null, [new NameValue("HUB", "token")]),
                    new TaskCredential("hub", "/creds", []),
                    new TaskCredential("unknown", "/elsewhere", []),
                ],
            });
        await _bench.Hear(started);

        var shown = ProcessIdentity.All().SelectMany(ProcessIdentity.ArgumentsOf).ToArray();
        var files = Directory.EnumerateFiles(_bench.FolderOf(order), "*", SearchOption.AllDirectories)
            .Select(File.ReadAllText).ToArray();
        await _bench.Pass(gate);
        var result = await _bench.Log.Result(order.Key);

        Assert.DoesNotContain(shown, word => word.Contains(secret, StringComparison.Ordinal));
        Assert.DoesNotContain(files, text => text.Contains(secret, StringComparison.Ordinal));
        Assert.Equal((TaskEnding.Exited, 0), (result.Ending, result.ExitCode));
        Assert.Contains("Could not find the credential: unknown", await File.ReadAllTextAsync(
            Path.Combine(_bench.FolderOf(order), "control.log"), TestContext.Current.CancellationToken));
    }

    [SandboxFact]
    public async Task A_task_sees_the_paths_and_variables_of_the_specification()
    {
        var order = _bench.Start(_bench.Shell(
            "echo $PATH | grep -o '[^:]*$'; echo \"[$NVIDIA_VISIBLE_DEVICES]\" $OSMO_CONFIG_FILE_DIR; "
            + "stat -c %a /osmo/data/output /osmo/run/workspace; osmo data list; echo $?; ls -A /tmp; pwd"));
        await _bench.Log.Result(order.Key);

        Assert.Equal(
            """
            /osmo/usr/bin
            [] /osmo/login/config
            777
            777
            osmo: this program is not available inside tasks yet; checkpoints are uploaded by Cairn itself
            127
            /

            """,
            _bench.OutputOf(order));
    }

    private static string? NoLimits() =>
        Environment.GetEnvironmentVariable("CI") == "true" ? null : CgroupHost.Find("cairn-test").Absence;
}

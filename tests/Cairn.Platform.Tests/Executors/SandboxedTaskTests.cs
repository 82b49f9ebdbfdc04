using Cairn.Graphs.Tasks;

namespace Cairn.Platform.Tests.Executors;

public sealed class SandboxedTaskTests
{
    [SandboxFact]
    public async Task A_task_runs_and_ends_with_its_exit_code()
    {
        using var bench = new Bench();

        var result = await bench.Finish(bench.Shell("exit 7"));

        Assert.Equal((TaskEnding.Exited, 7), (result.Ending, result.ExitCode));
    }

    [SandboxFact]
    public async Task A_death_by_signal_is_told_from_an_exit_code_above_128()
    {
        using var bench = new Bench();

        var killed = await bench.Finish(bench.Shell("kill -9 $$"));
        var exited = await bench.Finish(bench.Shell("exit 137"));

        Assert.Equal((TaskEnding.Signaled, 9), (killed.Ending, killed.Signal));
        Assert.Equal((TaskEnding.Exited, 137), (exited.Ending, exited.ExitCode));
    }

    [SandboxFact]
    public async Task A_command_that_does_not_exist_is_a_start_error_with_its_name()
    {
        using var bench = new Bench();

        var result = await bench.Finish(bench.Command("no-such-program", "x"));

        Assert.Equal((TaskEnding.StartError, 3003), (result.Ending, result.ExitCode));
        Assert.Contains("no-such-program", result.Message);
    }

    [SandboxFact]
    public async Task Words_of_a_command_are_programs_and_not_builtins_of_the_wrapper()
    {
        using var bench = new Bench();

        var result = await bench.Finish(bench.Command("exit", "0"));

        Assert.Equal(TaskEnding.StartError, result.Ending);
    }

    [SandboxFact]
    public async Task Output_is_taken_to_the_intermediate_data_and_brought_to_the_next_task()
    {
        using var bench = new Bench();
        await bench.Finish(bench.Shell("echo hello > {{output}}/greeting.txt") with { Task = "first" });

        var second = bench.Start(bench.Shell("cat {{input:first}}/greeting.txt {{input:0}}/greeting.txt") with
        {
            Inputs = [new TaskInput("first", null, null, null)],
        });
        await bench.Log.Result(second.Key);

        Assert.Equal("hello\nhello\n", bench.OutputOf(second));
        Assert.Equal(
            [TaskPhase.Downloading, TaskPhase.Running], bench.Log.Phases(second.Key));
    }

    [SandboxFact]
    public async Task Files_stand_read_only_at_their_absolute_paths_even_below_folders_of_the_host()
    {
        using var bench = new Bench();

        const string line = "cat /tmp/a/x.txt /usr/share/cairn/y.txt /etc/z.conf; echo no > /tmp/a/x.txt";
        var order = bench.Start(bench.Shell(line) with
        {
            Files =
            [
                new TaskFile("/tmp/a/x.txt", "plain {{output}}\n", Base64: false),
                new TaskFile("/usr/share/cairn/y.txt", Convert.ToBase64String("bytes {{output}}\n"u8), Base64: true),
                new TaskFile("/etc/z.conf", "etc\n", Base64: false),
            ],
        });
        var result = await bench.Log.Result(order.Key);

        Assert.StartsWith("plain /osmo/data/output\nbytes {{output}}\netc\n", bench.OutputOf(order));
        Assert.Contains("Read-only file system", bench.OutputOf(order));
        Assert.NotEqual(0, result.ExitCode);
    }
}

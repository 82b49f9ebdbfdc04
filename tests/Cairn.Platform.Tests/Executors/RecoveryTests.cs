using Cairn.Graphs.Tasks;

namespace Cairn.Platform.Tests.Executors;

public sealed class RecoveryTests
{
    [SandboxFact]
    public async Task A_task_lives_on_when_the_engine_dies_and_is_found_again_not_started_again()
    {
        using var bench = new Bench();
        var gate = bench.Gate("gate");
        var order = bench.Start(bench.Shell("echo $CAIRN_TASK >> /shared/starts; cat /shared/gate; exit 3"));
        await bench.Log.Reached(order.Key, TaskPhase.Running);

        bench.Crash();
        bench.Recover(order);
        await bench.Log.Reached(order.Key, TaskPhase.Running);
        await Bench.Pass(gate);
        var result = await bench.Log.Result(order.Key);

        Assert.Equal((TaskEnding.Exited, 3), (result.Ending, result.ExitCode));
        Assert.Equal([order.Key.ToString()], File.ReadAllLines(Path.Combine(bench.Shared, "starts")));
    }
}

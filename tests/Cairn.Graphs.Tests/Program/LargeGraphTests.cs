using System.Text;
using Cairn.Graphs.Tasks;

namespace Cairn.Graphs.Tests.Program;

public sealed class LargeGraphTests
{
    private const int Count = 10_000;

    private static string Wide(string tail = "")
    {
        var text = new StringBuilder("workflow:\n  name: g\n  tasks:\n");
        for (var i = 0; i < Count; i++)
            text.Append("  - {name: t").Append(i).Append(", image: busybox, command: [x]}\n");
        return text.Append(tail).ToString();
    }

    [Fact]
    public void An_event_of_ten_thousand_tasks_costs_one_continuation_at_most_with_little_fuel()
    {
        var loop = new GraphLoop(Wide()) { Fuel = 100 }.Start();
        Assert.InRange(loop.Continuations, 190, 220);

        for (var i = 0; i < 50; i++)
        {
            loop.Phase(TaskPhase.Running, $"t{i * 7}");
            Assert.Equal(0, loop.Continuations);
            loop.Exit($"t{i * 7}");
            Assert.Equal(0, loop.Continuations);
        }
    }

    [Fact]
    public void A_fan_out_of_ten_thousand_is_paid_in_steps()
    {
        var text = new StringBuilder("workflow:\n  name: g\n  tasks:\n");
        text.Append("  - {name: root, image: busybox, command: [x]}\n");
        for (var i = 0; i < Count; i++)
            text.Append("  - {name: t").Append(i).Append(", image: busybox, command: [x], inputs: [{task: root}]}\n");
        var loop = new GraphLoop(text.ToString()) { Fuel = 1000 }.Start();

        loop.Exit("root");

        Assert.InRange(loop.Continuations, 19, 25);
        Assert.Equal(Count, loop.Live.Count);
    }

    [Fact]
    public void A_chain_of_ten_thousand_fails_to_its_end_without_deep_calls()
    {
        var text = new StringBuilder("workflow:\n  name: g\n  tasks:\n  - {name: t0, image: busybox, command: [x]}\n");
        for (var i = 1; i < Count; i++)
            text.Append($"  - {{name: t{i}, image: busybox, command: [x], inputs: [{{task: t{i - 1}}}]}}\n");
        var loop = new GraphLoop(text.ToString()).Start();

        loop.Exit("t0", 1);

        Assert.Equal("FAILED", loop.EndState);
        Assert.Equal("FAILED_UPSTREAM", loop.State($"t{Count - 1}"));
    }
}

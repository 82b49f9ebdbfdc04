using Cairn.Graphs.Program;
using Cairn.Graphs.Tasks;

namespace Cairn.Graphs.Tests.Program;

public sealed class SnapshotTests
{
    private const string Graph = """
        workflow:
          name: g
          timeout: {exec_timeout: 1h}
          groups:
          - name: first
            ignoreNonleadStatus: false
            tasks:
            - {name: a, image: busybox, command: [x], lead: true, exitActions: {RESCHEDULE: 9}}
            - {name: b, image: busybox, command: [x], exitActions: {RESCHEDULE: 9}}
          - name: second
            tasks:
            - {name: c, image: busybox, command: [x], lead: true, inputs: [{task: a}], exitActions: {RESCHEDULE: 9}}
            - {name: d, image: busybox, command: [x], exitActions: {RESCHEDULE: 9}}
            - {name: e, image: busybox, command: [x], inputs: [{task: b}]}
          - name: third
            tasks: [{name: f, image: busybox, command: [x], inputs: [{task: c}]}]
          - name: fourth
            tasks: [{name: h, image: busybox, command: [x]}]
        """;

    private static readonly GraphDefinition Definition =
        new() { Spec = Graphs.Spec(Graph), Pool = new GraphPool { MaxRetryPerTask = 2 } };

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(1)]
    public void A_program_restored_after_every_event_does_what_one_that_was_never_saved_does(int fuel)
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var plain = Play(seed, fuel, restores: false);
            var restored = Play(seed, fuel, restores: true);

            Assert.True(plain.Transcript.SequenceEqual(restored.Transcript), $"seed {seed}");
            Assert.True(plain.Description.ToJsonString() == restored.Description.ToJsonString(), $"seed {seed}");
        }
    }

    [Fact]
    public void Every_random_run_ends_when_its_tasks_do()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var loop = Play(seed, 1_000_000, restores: false);

            for (var i = 0; loop.EndState is null && i < 100; i++)
                foreach (var (effect, _) in loop.Live)
                    loop.End(effect, new TaskResult { Ending = TaskEnding.Exited, ExitCode = 0 });

            Assert.True(loop.EndState is not null, $"seed {seed}: {loop.Description}");
            Assert.Empty(loop.Timers);
        }
    }

    [Fact]
    public void A_definition_reads_back_as_it_was_pinned()
    {
        var definition = new GraphDefinition
        {
            Spec = Graphs.Spec(Graph.Replace("tasks: [{name: f", "barrier: false\n    tasks: [{name: f")),
            Pool = new GraphPool { MaxRetryPerTask = 4, StartTimeoutSeconds = 0 },
            Reuse = true,
        };

        var again = GraphFamily.Read(GraphFamily.Pin(definition));

        Assert.Equal(GraphFamily.Pin(definition), GraphFamily.Pin(again));
        Assert.Equal((false, false), (again.Spec.Groups[2].Barrier, again.Spec.Groups[0].IgnoreNonleadStatus));
        Assert.Equal(0, again.Pool.StartTimeoutSeconds);
    }

    private static GraphLoop Play(int seed, int fuel, bool restores)
    {
        var random = new Random(seed);
        var loop = new GraphLoop(Definition)
        {
            RestoresAlways = restores,
            Fuel = fuel,
        };
        loop.Start();
        for (var i = 0; i < 40 && loop.EndState is null; i++)
            Step(loop, random);
        return loop;
    }

    private static void Step(GraphLoop loop, Random random)
    {
        var live = loop.Live;
        if (live.Count == 0)
            return;
        var (effect, task) = live[random.Next(live.Count)];
        switch (random.Next(16))
        {
            case < 3:
                loop.Accept(task);
                break;
            case < 9:
                loop.Phase((TaskPhase)random.Next(1, 5), task);
                break;
            case < 13:
                loop.End(effect, new TaskResult
                {
                    Ending = TaskEnding.Exited,
                    ExitCode = ((int[])[0, 0, 0, 9, 1])[random.Next(5)],
                });
                break;
            case 13:
                loop.Interrupt(task);
                break;
            case 14 when random.Next(4) == 0 && loop.Timers.Count > 0:
                loop.Fire(loop.Timers.Keys.ElementAt(random.Next(loop.Timers.Count)));
                break;
            case 15 when random.Next(8) == 0:
                loop.Cancel("x");
                break;
        }
    }
}

using System.Diagnostics;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;
using Cairn.Flows.Compiling;
using Cairn.Flows.Program;

namespace Cairn.Bench.Flows;

/// <summary>Pure steps, assign and jump, against the same loop in CPython and in Node without its compilers.</summary>
internal static class FlowSteps
{
    private const int Rounds = 5;
    private const int Passes = 1_000_000;
    private const int StepsOfPass = 2;

    private const string Source =
        """
        main:
          params: [n]
          steps:
            - begin:
                assign:
                  - i: 0
            - add:
                assign:
                  - i: ${i + 1}
            - again:
                switch:
                  - condition: ${i < n}
                    next: add
            - done:
                return: ${i}
        """;

    public static void Measure()
    {
        using var python = ScriptLoop.Python();
        using var node = ScriptLoop.Node();
        Run(Passes);
        python?.Time(Passes);
        node?.Time(Passes);
        List<double> ours = [];
        List<double> pythons = [];
        List<double> nodes = [];
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            Run(Passes);
            ours.Add(watch.Elapsed.TotalSeconds);
            if (python is not null)
                pythons.Add(python.Time(Passes));
            if (node is not null)
                nodes.Add(node.Time(Passes));
        }

        Figure.Print("pure steps: cairn", ours.ConvertAll(Millions), "million a second", "");
        Compare("CPython", pythons, ours, "at least 1.0");
        Compare("node --jitless", nodes, ours, "");
    }

    private static void Compare(string name, List<double> theirs, List<double> ours, string target)
    {
        if (theirs.Count == 0)
        {
            Console.WriteLine($"pure steps: {name} left out, it is missing");
            return;
        }

        Figure.Print($"pure steps: {name}", theirs.ConvertAll(Millions), "million a second", "");
        Figure.Print(
            $"pure steps: times {name}", [.. theirs.Zip(ours, static (their, our) => their / our)], "", target);
    }

    private static double Millions(double seconds) => Passes * (double)StepsOfPass / seconds / 1_000_000;

    /// <summary>The whole loop as the engine runs it: fuel, continuations, pauses for other events.</summary>
    private static void Run(int passes)
    {
        var definition = new FlowDefinition
        {
            File = "loop.yaml",
            Source = Source,
            Options = new FlowOptions { Limits = new FlowLimits { Steps = long.MaxValue } },
        };
        var program = new FlowFamily().Load(definition.Pin(), 1);
        RunEvent next = new RunEvent.Started(
            new RunUid(1), "loop-1", System.Text.Encoding.UTF8.GetBytes($"{passes}"));
        while (true)
        {
            var turn = new Turn(DateTimeOffset.UnixEpoch, 1, 1, 2_000);
            while (program.Advance(next, turn) == Advanced.OutOfFuel)
            {
                next = RunEvent.Continued.Instance;
                turn.Refuel(2_000);
            }

            if (turn.Commands.OfType<Command.Ended>().FirstOrDefault() is { } end)
            {
                if (end.Outcome != Outcome.Succeeded)
                    throw new InvalidOperationException("the loop failed");
                return;
            }

            next = new RunEvent.TimerFired(turn.Commands.OfType<Command.TimerSet>().First().Timer);
        }
    }
}

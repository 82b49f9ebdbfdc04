using Cairn.Bench;
using Cairn.Bench.Cli;
using Cairn.Bench.Flows;
using Cairn.Bench.Graphs;
using Cairn.Bench.Tasks;

// Each figure stands beside what it is measured against, on one machine, in turns. Names choose some of them.
(string Name, Func<Task> Measure)[] figures =
[
    ("throughput", () =>
        Throughput.MeasureAsync("100 concurrent runs", runs: 100, rounds: 200, target: "at least 0.7")),
    ("chain", () =>
        Throughput.MeasureAsync("one run, effect after effect", runs: 1, rounds: 1000, target: "at least 0.6")),
    ("size", Size.MeasureAsync),
    ("fairness", Fairness.MeasureAsync),
    ("waiting", Waiting.MeasureAsync),
    ("graphs", () => Done(GraphRendering.Measure)),
    ("expressions", () => Done(ExpressionSpeed.Measure)),
    ("flow-steps", () => Done(FlowSteps.Measure)),
    ("flow-compile", () => Done(FlowCompile.Measure)),
    ("http", HttpChain.MeasureAsync),
    ("flows", ManyFlows.MeasureAsync),
    ("start", () => Done(StartUp.Measure)),
    ("tasks", () => Done(TaskOverhead.Measure)),
];
if (Array.Find(args, name => !Array.Exists(figures, figure => figure.Name == name)) is { } unknown)
{
    var known = string.Join(", ", figures.Select(figure => figure.Name));
    Console.Error.WriteLine($"no figure is called {unknown}: {known}");
    return 2;
}

foreach (var (name, measure) in figures)
{
    if (args.Length == 0 || args.Contains(name))
        await measure();
}

return 0;

static Task Done(Action measure)
{
    measure();
    return Task.CompletedTask;
}

using System.Text.Json.Nodes;
using Cairn.Engine.Effects;
using Cairn.Engine.Journals;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;
using Cairn.Engine.Shells;
using Cairn.Graphs.Program;
using Cairn.Graphs.Rendering;
using Cairn.Simulation.Performers;
using Cairn.Simulation.Runs;
using Cairn.Simulation.Seeds;
using Cairn.Simulation.Worlds;

namespace Cairn.Simulation.Graphs;

/// <summary>
/// Graphs of a seed on a simulated executor. The first playthrough, without faults, writes down the final states; any
/// other is held against them.
/// </summary>
internal sealed class GraphStage(ulong seed, SortedDictionary<string, string> states, bool isFirst) : IStage
{
    /// <summary>
    /// Few places, so that tasks wait for each other; for all at once where some hang: behind those a rescheduled task
    /// would wait beyond its group's timeout or not, as the order of things has it.
    /// </summary>
    private readonly int _capacity = Texts(seed).Any(GraphMaker.Hangs) ? 64 : 4;

    private readonly GraphMachine _machine = new();
    private readonly SortedSet<RunUid> _runs = [];

    /// <inheritdoc/>
    public IProgramFamily Family { get; } = new GraphFamily();

    /// <inheritdoc/>
    public IReadOnlyCollection<RunUid> Runs => _runs;

    /// <summary>The graphs of a seed, as text.</summary>
    public static IReadOnlyList<string> Texts(ulong seed)
    {
        var dice = new Dice(seed ^ 0x6EA9);
        return [.. Enumerable.Range(0, dice.Between(1, 3)).Select(number => GraphMaker.Make(dice, number))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<IPerformer> Performers(World world, Life life, IJournal journal, Action<Intake> post) =>
        [new GraphPerformer(world, life, _machine, _capacity)];

    /// <inheritdoc/>
    public void Schedule(Client client, Func<RunUid> uid)
    {
        var number = 0;
        foreach (var text in Texts(seed))
        {
            var source = new GraphSource("graph.yaml", text, static _ => new LocalText.Missing());
            var outcome = GraphCompiler.Render(source, GraphValues.None, new());
            var spec = outcome.Spec
                ?? throw new InvalidOperationException(
                    $"{string.Join('\n', outcome.Errors.Select(e => e.Message))}\n{text}");
            var definition = new GraphDefinition
            {
                Spec = spec,
                Pool = new GraphPool { MaxRetryPerTask = GraphMaker.Retries },
            };
            var of = uid();
            _runs.Add(of);
            client.SubmitAt(
                TimeSpan.FromMilliseconds(100 * number),
                new NewRun(of, $"graph{number++}", GraphFamily.Word, GraphFamily.Pin(definition), default));
        }
    }

    /// <inheritdoc/>
    public string? Fault(RunHead run, IJournal journal)
    {
        var ended = States(run);
        if (isFirst) states[run.Name] = ended;
        return states[run.Name] == ended ? null : $"ended as\n{ended}\nwithout faults it does as\n{states[run.Name]}";
    }

    /// <inheritdoc/>
    public string? Left(World world) =>
        _machine.Attempts.FirstOrDefault(attempt => attempt.Result is null) is { } attempt
            ? $"task of {attempt.Order.Key} runs on after its run has ended"
            : null;

    /// <summary>
    /// The run's state, its groups', and those of tasks that lead or are alone; what a member of a team came to before
    /// its lead ended is a matter of timing.
    /// </summary>
    private static string States(RunHead run)
    {
        var result = JsonNode.Parse(run.Result.Span)!;
        var groups = result["groups"]!.AsArray().Select(group => $"{group!["name"]} {group["state"]}");
        var tasks = result["tasks"]!.AsArray()
            .Where(task => !((string)task!["name"]!).Contains('m'))
            .Select(task => $"{task!["name"]} {task["state"]} {task["exit_code"]} retry {task["retry_id"]}");
        return string.Join('\n', groups.Concat(tasks).Prepend($"{run.State} {run.Outcome}"));
    }
}

using System.Text;
using Cairn.Engine.Effects;
using Cairn.Engine.Journals;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;
using Cairn.Engine.Shells;
using Cairn.Simulation.Performers;
using Cairn.Simulation.Scripts;
using Cairn.Simulation.Worlds;

namespace Cairn.Simulation.Runs;

/// <summary>The scripts of a plan, with a performer of every recovery class, held against the oracle.</summary>
internal sealed class ScriptStage(Plan plan) : IStage
{
    private readonly SortedDictionary<RunUid, PlannedRun> _planned = [];

    /// <inheritdoc/>
    public IProgramFamily Family { get; } = new ScriptFamily();

    /// <inheritdoc/>
    public IReadOnlyCollection<RunUid> Runs => _planned.Keys;

    /// <inheritdoc/>
    public IReadOnlyList<IPerformer> Performers(World world, Life life, IJournal journal, Action<Intake> post) =>
    [
        new ReadPerformer(world, life), new TaskPerformer(world, life), new StorePerformer(world, life),
        new PostPerformer(world, life), new ChildPerformer(world, life, journal, post),
    ];

    /// <inheritdoc/>
    public void Schedule(Client client, Func<RunUid> uid)
    {
        foreach (var run in plan.Runs)
        {
            var of = uid();
            _planned[of] = run;
            client.Schedule(run, of);
        }
    }

    /// <inheritdoc/>
    public string? Fault(RunHead run, IJournal journal)
    {
        var body = ScriptText.Read(Encoding.UTF8.GetString(journal.Definition(run).Span));
        var meddling = _planned.TryGetValue(run.Uid, out var planned) ? planned.Meddling : (Meddling?)null;
        var result = Encoding.UTF8.GetString(run.Result.Span);

        // A child is cancelled with its parent, or goes on when its parent was terminated.
        var mayBeCancelled = meddling is null or Meddling.Cancel or Meddling.InterruptThenCancel;
        return (run.State, run.Outcome) switch
        {
            ("DONE", Outcome.Succeeded) => ScriptOracle.Difference(body, result, complete: true),
            ("CANCELLED", Outcome.Cancelled) when mayBeCancelled =>
                ScriptOracle.Difference(body, result, complete: false),
            ("TERMINATED", Outcome.Cancelled) when meddling is Meddling.Terminate => null,
            _ => $"ended as {run.State} {run.Outcome}, but the plan was {meddling?.ToString() ?? "a child"}: {result}",
        };
    }

    /// <inheritdoc/>
    public string? Left(World world) =>
        world.Machine.Tasks.FirstOrDefault(task => task.Result is null) is { } task
            ? $"task {task.Key} {task.Act} runs on after its run has ended"
            : null;
}

using System.Text;
using Cairn.Engine.Journals;
using Cairn.Engine.Programs;
using Cairn.Engine.Replays;
using Cairn.Engine.Runs;
using Cairn.Simulation.Journals;
using Cairn.Simulation.Performers;
using Cairn.Simulation.Scripts;

namespace Cairn.Simulation.Runs;

/// <summary>
/// What must hold when all is over: the promise of architecture 3.2, nothing acknowledged lost, nothing left running,
/// and a journal that replays to the same end.
/// </summary>
internal sealed class FinalCheck(IJournal journal, Audit audit, World world, Client client)
{
    private readonly RunLoader _loader = new(journal, new ProgramFamilies([new ScriptFamily()]));

    /// <summary>Tells the first rule that does not hold to the verdict.</summary>
    public void Check(SortedDictionary<RunUid, PlannedRun> planned)
    {
        foreach (var name in client.Acknowledged.Where(name => !name.Contains(' ')))
            if (journal.Find(name) is null) audit.Verdict.Break($"run {name} was acknowledged and is gone");
        foreach (var row in audit.Undelivered) audit.Verdict.Break($"inbox row {row} was committed and never delivered");
        foreach (var head in journal.List(new RunFilter()))
        {
            var run = journal.Find(head.Row)!;
            var body = ScriptText.Read(Encoding.UTF8.GetString(journal.Definition(run).Span));
            var meddling = planned.GetValueOrDefault(run.Uid)?.Meddling;
            if (Fault(run, body, meddling) is { } fault) audit.Verdict.Break($"{run.Id}: {fault}");
            if (_loader.Load(run).Divergence is { } divergence) audit.Verdict.Break($"{run.Id}: {divergence}");
        }

        foreach (var task in world.Machine.Tasks.Where(task => task.Result is null))
            audit.Verdict.Break($"task {task.Key} {task.Act} runs on after its run has ended");
    }

    private static string? Fault(RunHead run, Script body, Meddling? meddling)
    {
        if (run.Live > 0) return $"ended with {run.Live} effects alive";
        if (run.Parked != Parked.No) return $"parked as {run.Parked}: {run.ParkMessage}";
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
}

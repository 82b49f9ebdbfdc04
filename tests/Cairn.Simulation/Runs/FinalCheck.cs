using Cairn.Engine.Journals;
using Cairn.Engine.Programs;
using Cairn.Engine.Replays;
using Cairn.Engine.Runs;
using Cairn.Simulation.Journals;
using Cairn.Simulation.Performers;

namespace Cairn.Simulation.Runs;

/// <summary>
/// What must hold when all is over: the promise of architecture 3.2, nothing acknowledged lost, nothing left running,
/// and a journal that replays to the same end.
/// </summary>
internal sealed class FinalCheck(IJournal journal, Audit audit, World world, Client client)
{
    /// <summary>Tells the first rule that does not hold to the verdict.</summary>
    public void Check(IStage stage)
    {
        var loader = new RunLoader(journal, new ProgramFamilies([stage.Family]));
        foreach (var name in client.Acknowledged.Where(name => !name.Contains(' ')))
            if (journal.Find(name) is null) audit.Verdict.Break($"run {name} was acknowledged and is gone");
        foreach (var row in audit.Undelivered)
            audit.Verdict.Break($"inbox row {row} was committed and never delivered");
        foreach (var head in journal.List(new RunFilter()))
        {
            var run = journal.Find(head.Row)!;
            if ((Fault(run) ?? stage.Fault(run, journal)) is { } fault) audit.Verdict.Break($"{run.Id}: {fault}");
            if (loader.Load(run).Divergence is { } divergence) audit.Verdict.Break($"{run.Id}: {divergence}");
        }

        if (stage.Left(world) is { } left) audit.Verdict.Break(left);
    }

    private static string? Fault(RunHead run)
    {
        if (run.Live > 0) return $"ended with {run.Live} effects alive";
        return run.Parked == Parked.No ? null : $"parked as {run.Parked}: {run.ParkMessage}";
    }
}

using Cairn.Engine.Journals;
using Cairn.Engine.Programs;
using Cairn.Engine.Records;
using Cairn.Engine.Replays;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Hosting;

/// <summary>
/// Open runs whose records, snapshot or definition are damaged: nobody can advance them, and the engine stops at the
/// first of them. With the user's word that the loss is accepted they end, so that the others go on.
/// </summary>
internal static class DamagedRuns
{
    /// <summary>The state of a run that was set aside.</summary>
    public const string State = "DAMAGED";

    /// <summary>
    /// Ends every open run that cannot be read, in one commit; returns each one's id with the reason.
    /// </summary>
    public static IReadOnlyList<(string Id, string Reason)> SetAside(
        IJournal journal, ProgramFamilies families, DateTimeOffset now)
    {
        var batch = new Batch();
        var found = new List<(string, string)>();
        var loader = new RunLoader(journal, families);
        foreach (var listed in journal.List(new RunFilter { OnlyUnfinished = true }))
        {
            try
            {
                loader.Load(listed);
            }
            catch (JournalDamagedException damage)
            {
                found.Add((listed.Id, damage.Message));
                batch.Heads[listed.Row] = listed with
                {
                    Started = listed.Started ?? now,
                    Ended = now,
                    State = State,
                    Outcome = Outcome.Failed,
                    Parked = Parked.No,
                    ParkMessage = damage.Message,
                    Live = 0,
                };
            }
        }

        if (found.Count > 0 && journal.Commit(batch) is not CommitResult.Committed)
            throw new JournalDamagedException($"{found[0].Item2}; it cannot be set aside");
        return found;
    }
}

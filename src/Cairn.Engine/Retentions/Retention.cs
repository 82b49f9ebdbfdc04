using Cairn.Engine.Journals;

namespace Cairn.Engine.Retentions;

/// <summary>How long ended runs stay in the journal. Open runs and those being reaped are never touched.</summary>
public sealed record Retention
{
    private const int Page = 100;

    /// <summary>`journal.keep`: 90 days.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(90);

    /// <summary>
    /// Below so many free bytes on the journal's disk, ended runs go sooner, the oldest first: 128 MB.
    /// </summary>
    public long FreeBytesFloor { get; init; } = 128 * 1024 * 1024;

    // For room, too, only what ended so long ago goes: whoever waited for a run still reads its end.
    private static readonly TimeSpan _fresh = TimeSpan.FromMinutes(1);

    /// <summary>Deletes what is over its time, and for room what must go sooner.</summary>
    /// <param name="journal">Where from.</param>
    /// <param name="now">By the wall clock.</param>
    /// <param name="freeBytes">Asks the disk; called again after each page of runs.</param>
    /// <param name="pruned">Called after each page of runs: removes what else was kept of them.</param>
    /// <returns>The ids of both kinds.</returns>
    public (IReadOnlyList<string> Old, IReadOnlyList<string> ForRoom) Apply(
        IJournal journal, DateTimeOffset now, Func<long> freeBytes, Action pruned)
    {
        List<string> old = [];
        List<string> forRoom = [];
        var until = now - DateTimeOffset.MinValue > Keep ? now - Keep : DateTimeOffset.MinValue;
        while (Take(until, old)) pruned();
        while (freeBytes() < FreeBytesFloor && Take(now - _fresh, forRoom)) pruned();
        return (old, forRoom);

        bool Take(DateTimeOffset endedBefore, List<string> into)
        {
            var page = journal.Prune(endedBefore, Page);
            into.AddRange(page);
            return page.Count > 0;
        }
    }
}

using Cairn.Engine.Journals;
using Cairn.Engine.Records;

namespace Cairn.Engine.Shells;

/// <summary>A group commit in the making or under way: the rows, and what follows once they are durable.</summary>
internal sealed class Group
{
    private LiveRun? _first;
    private bool _hasSeveral;

    public Batch Batch { get; } = new();

    /// <summary>
    /// The events of the batch in order, kept to be delivered, or offered again when the commit fails.
    /// </summary>
    public List<Entry> Entries { get; } = [];

    /// <summary>Who waits for an acknowledgement.</summary>
    public List<Action<CommitResult>> Answers { get; } = [];

    public bool IsEmpty => Batch.IsEmpty;

    public void Add(Entry entry)
    {
        var run = entry.Run;
        Entries.Add(entry);
        if (!ReferenceEquals(run.LastGroup, this)) (run.LastGroup, run.InLastGroup) = (this, 0);
        run.InLastGroup++;
        _first ??= run;
        _hasSeveral |= !ReferenceEquals(_first, run);
    }

    /// <summary>Whether other runs than this one have events here.</summary>
    public bool HasOthers(LiveRun run) => _hasSeveral || (_first is not null && !ReferenceEquals(_first, run));

    /// <summary>How many events of a run are here.</summary>
    public int CountOf(LiveRun run) => ReferenceEquals(run.LastGroup, this) ? run.InLastGroup : 0;

    public readonly record struct Entry(LiveRun Run, Pending Pending, Record Record);
}

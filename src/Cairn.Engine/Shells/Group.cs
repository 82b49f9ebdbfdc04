using Cairn.Engine.Journals;
using Cairn.Engine.Records;

namespace Cairn.Engine.Shells;

/// <summary>A group commit in the making or under way: the rows, and what follows once they are durable.</summary>
internal sealed class Group
{
    public Batch Batch { get; } = new();

    /// <summary>The events of the batch in order, kept to be delivered, or offered again when the commit fails.</summary>
    public List<Entry> Entries { get; } = [];

    /// <summary>Who waits for an acknowledgement.</summary>
    public List<Action<CommitResult>> Answers { get; } = [];

    public bool IsEmpty => Batch.IsEmpty;

    public readonly record struct Entry(LiveRun Run, Pending Pending, Record Record);
}

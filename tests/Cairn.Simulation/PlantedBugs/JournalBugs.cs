using Cairn.Engine.Journals;

namespace Cairn.Simulation.PlantedBugs;

/// <summary>Says that a commit is durable and writes it with the next one: effects go out before their
/// commit.</summary>
internal sealed class EarlyAnswer(IJournal inner) : JournalDecorator(inner)
{
    private Batch? _held;

    /// <inheritdoc/>
    public override CommitResult Commit(Batch batch)
    {
        if (_held is { } held)
        {
            _held = null;
            Inner.Commit(held);
        }
        else if (batch.Records.Count > 0 && Inner.LastCommit() % 5 == 0)
        {
            _held = batch;
            return new CommitResult.Committed(Inner.LastCommit() + 1);
        }

        return Inner.Commit(batch);
    }
}

/// <summary>Acknowledges inbox rows without writing every one of them.</summary>
internal sealed class LostInboxRow(IJournal inner) : JournalDecorator(inner)
{
    private int _seen;

    /// <inheritdoc/>
    public override CommitResult Commit(Batch batch)
    {
        batch.Sent.RemoveAll(_ => ++_seen % 3 == 0);
        return batch.IsEmpty ? new CommitResult.Committed(Inner.LastCommit()) : Inner.Commit(batch);
    }
}

/// <summary>Takes inbox rows as events and leaves them in the inbox: a restart delivers them again.</summary>
internal sealed class InboxRowLeft(IJournal inner) : JournalDecorator(inner)
{
    /// <inheritdoc/>
    public override CommitResult Commit(Batch batch)
    {
        batch.Taken.Clear();
        return batch.IsEmpty ? new CommitResult.Committed(Inner.LastCommit()) : Inner.Commit(batch);
    }
}

/// <summary>After a failed commit it is believed to be there without a look, or not to be there.</summary>
internal sealed class FailedCommitNotVerified(IJournal inner, bool believed) : JournalDecorator(inner)
{
    /// <inheritdoc/>
    public override bool Holds(Batch batch) => believed;
}

/// <summary>A snapshot is stored although the records that it was made of were not.</summary>
internal sealed class SnapshotOfFailedCommit(IJournal inner, SortedDictionary<long, SnapshotRow> stored)
    : JournalDecorator(inner)
{
    /// <inheritdoc/>
    public override CommitResult Commit(Batch batch)
    {
        var result = Inner.Commit(batch);
        foreach (var snapshot in batch.Snapshots)
            if (result is not CommitResult.Committed) stored[snapshot.Run] = snapshot;
        return result;
    }

    /// <inheritdoc/>
    public override SnapshotRow? Snapshot(long row) =>
        stored.GetValueOrDefault(row) is { } wrong ? wrong : Inner.Snapshot(row);
}

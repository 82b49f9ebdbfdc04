using Cairn.Engine.Programs;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Shells;

/// <summary>An open run in the shell: its head, its waiting events, and its state while that is in memory.</summary>
internal sealed class LiveRun(RunHead head)
{
    private LinkedList<Pending>? _mailbox;

    /// <summary>As the open batch will have it: speculative while <see cref="Uncommitted"/> is not 0.</summary>
    public RunHead Head { get; set; } = head;

    public long Row => Head.Row;

    /// <summary>Null: evicted, thrown away after a failed commit, or not loaded yet.</summary>
    public RunState? State { get; set; }

    /// <summary>Its records in batches that are not committed yet.</summary>
    public int Uncommitted { get; set; }

    /// <summary>The event whose continuation is due, and its turn.</summary>
    public (Pending Event, Turn Turn)? Current { get; set; }

    /// <summary>The group that holds its last event, and how many are in it.</summary>
    public Group? LastGroup { get; set; }

    public int InLastGroup { get; set; }

    /// <summary>It stands in the ready queue.</summary>
    public bool IsReady { get; set; }

    /// <summary>Events wait until its last records are committed: its program must be loaded again first.</summary>
    public bool AwaitsCommit { get; set; }

    /// <summary>Its committed records say INTERRUPTED: nothing is handed out.</summary>
    public bool IsParked { get; set; }

    /// <summary>Its committed records say that it has ended.</summary>
    public bool HasEndedCommitted { get; set; }

    /// <summary>What the shell has given to performers or to the hand-out queue, by effect.</summary>
    public SequenceTable<Handed>? HandedOut { get; set; }

    /// <summary>
    /// Committed records whose asks have not all reached their queues, in order; null: there are none.
    /// </summary>
    public Queue<Delivery>? Undelivered { get; set; }

    /// <summary>Its place among the idle runs in memory; null: not idle, or not in memory.</summary>
    public LinkedListNode<LiveRun>? Idle { get; set; }

    public bool HasMail => _mailbox is { Count: > 0 };

    public int MailCount => _mailbox?.Count ?? 0;

    public void Offer(Pending pending) => (_mailbox ??= []).AddLast(pending);

    public void OfferFirst(Pending pending) => (_mailbox ??= []).AddFirst(pending);

    public Pending? Peek() => _mailbox?.First?.Value;

    /// <summary>Takes the first event that may be taken now; those before it keep their place.</summary>
    public bool TryTake(Func<LiveRun, Pending, bool> mayTake, out Pending pending)
    {
        for (var node = _mailbox?.First; node is not null; node = node.Next)
        {
            if (!mayTake(this, node.Value)) continue;
            pending = node.Value;
            _mailbox!.Remove(node);
            if (_mailbox.Count == 0) _mailbox = null;
            return true;
        }

        pending = default;
        return false;
    }
}

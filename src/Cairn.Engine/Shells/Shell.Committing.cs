using System.Diagnostics;
using Cairn.Engine.Journals;
using Cairn.Engine.Programs;
using Cairn.Engine.Records;

namespace Cairn.Engine.Shells;

public sealed partial class Shell
{
    /// <summary>
    /// The next batch to commit; null while one is under way, while nothing is to be written, or while waiting out a
    /// full disk. Whoever takes it commits it, on any thread, and then calls <see cref="Committed"/> on the shell's.
    /// </summary>
    public Batch? TakeBatch()
    {
        if (_inFlight is not null || _open.IsEmpty || _retryAt is not null) return null;
        _inFlight = _open;
        _open = new Group();
        ReadyForNextGroup();
        return _inFlight.Batch;
    }

    private void ReadyForNextGroup()
    {
        foreach (var run in _forNextGroup.Where(_runs.Holds)) _runs.Ready(run);
        _forNextGroup.Clear();
    }

    /// <summary>
    /// The fate of the batch under way. Durable: what it asked for is handed out and its submitters are answered. Not:
    /// the states of this batch and of the open one are thrown away, their events kept and offered again.
    /// </summary>
    public void Committed(CommitResult result)
    {
        var group = _inFlight ?? throw new InvalidOperationException("no commit is under way");
        _inFlight = null;
        switch (result)
        {
            case CommitResult.Committed:
                Settle(group, result);
                break;
            case CommitResult.Failed failed when _journal.Reopen() is { } reason:
                Answer(group, result);
                throw new JournalDamagedException($"{failed.Message}; the journal cannot be opened again: {reason}");
            case CommitResult.Failed when _journal.Holds(group.Batch):
                Settle(group, new CommitResult.Committed(_journal.LastCommit()));
                break;
            case CommitResult.Failed failed:
                TakeBack(group, result, failed.Message);
                break;
            case CommitResult.NoSpace full:
                TakeBack(group, result, full.Message);
                break;
            case CommitResult.Busy busy:
                TakeBack(group, result, busy.Message);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Settle(Group group, CommitResult result)
    {
        Trouble = null;
        foreach (var (run, _, record) in group.Entries)
        {
            run.Uncommitted--;
            Deliver(run, record);
            _world.Changed(new RunChange(run.Head, record));
            if (run.AwaitsCommit && run.Uncommitted == 0)
            {
                run.AwaitsCommit = false;
                _runs.Ready(run);
            }

            RetireOrRest(run);
        }

        Answer(group, result);
        if (group.Batch.Created.Count > 0) TakeCreated();
        if (group.Batch.Sent.Count > 0) TakeInbox();
    }

    /// <summary>
    /// Everything that was built on a commit that did not happen goes; the events stay, in their order.
    /// </summary>
    private void TakeBack(Group failed, CommitResult result, string message)
    {
        Trouble = message;
        _retryAt = (_world.Time.GetElapsedTime(0) + _options.RetryAfter).Ticks;
        Group[] groups = [failed, _open];
        _open = new Group();
        ReadyForNextGroup();
        for (var i = groups.Length - 1; i >= 0; i--)
        {
            for (var j = groups[i].Entries.Count - 1; j >= 0; j--)
            {
                var (run, pending, _) = groups[i].Entries[j];
                if (run.Current is { } current)
                {
                    run.Current = null;
                    OfferFirst(run, current.Event);
                }

                if (pending.Event is not JournalEvent.Diverged) OfferFirst(run, pending);
                run.Uncommitted--;
                run.AwaitsCommit = false;
                run.State = null;
            }

            // Rows of runs that had ended already belong to no event; they are dropped with the next commit.
            var offered = groups[i].Entries.Select(entry => entry.Pending.Position).ToArray();
            _open.Batch.Taken.AddRange(groups[i].Batch.Taken.Except(offered));
            Answer(groups[i], result);
        }

        foreach (var run in _runs.All.Where(run => run.State is null && run.HasMail))
        {
            run.Head = _journal.Find(run.Row) ?? run.Head;
            RegisterTimers(run);
        }
    }

    private static void Answer(Group group, CommitResult result)
    {
        foreach (var answer in group.Answers) answer(result);
    }

    private void RetireOrRest(LiveRun run)
    {
        if (run.Uncommitted > 0 || run.Undelivered is not null || run.State is not { } state) return;
        if (state is not { HasEnded: true, Effects.Count: 0 })
        {
            if (!run.IsReady && !run.HasMail && run.Current is null) _runs.Rest(run);
            return;
        }

        while (run.TryTake(static (_, _) => true, out var left))
        {
            WaitingEvents--;
            if (left.Position > 0) _open.Batch.Taken.Add(left.Position);
            if (left.Event is not JournalEvent.Issued issued) continue;
            foreach (var effect in issued.Effects) Withdraw(run, effect);
        }

        _runs.Remove(run);
    }

    /// <summary>Carries into the run's row what a record changed of it.</summary>
    private void ShowHead(LiveRun run, Record record)
    {
        var state = run.State!;
        var head = run.Head;
        if (head.Started is null) head = head with { Started = record.At, Arguments = default };
        foreach (var command in record.Commands)
        {
            head = command switch
            {
                Command.Shown shown => head with { State = shown.State, Outcome = shown.Outcome },
                Command.Ended ended => head with
                {
                    State = ended.State,
                    Outcome = ended.Outcome,
                    Result = ended.Result,
                    Ended = record.At,
                },
                _ => head,
            };
        }

        if (head.Parked != state.Parked || head.ParkMessage != state.ParkMessage)
            head = head with { Parked = state.Parked, ParkMessage = state.ParkMessage };
        var live = state.HasEnded ? state.Effects.Count : 0;
        if (head.Live != live) head = head with { Live = live };
        if (ReferenceEquals(head, run.Head)) return;
        run.Head = head;
        _open.Batch.Heads[run.Row] = head;
    }
}

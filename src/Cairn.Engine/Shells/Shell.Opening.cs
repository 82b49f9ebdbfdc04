using Cairn.Engine.Effects;
using Cairn.Engine.Journals;
using Cairn.Engine.Programs;
using Cairn.Engine.Records;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Shells;

public sealed partial class Shell
{
    private const int InboxPage = 1024;
    private long _lastRow;
    private long _lastPosition;

    /// <summary>
    /// Takes up all that the journal left open: timers, effects by their recovery class, runs never started, the inbox.
    /// Parked runs stay parked. Called once, before the first turn.
    /// </summary>
    public void Open()
    {
        foreach (var performer in _performers.Values) performer.Open(_intake);
        foreach (var head in _journal.List(new RunFilter { OnlyUnfinished = true }))
        {
            _lastRow = head.Row;
            // A listing holds no results, and a run that is being reaped keeps the one that it ended with.
            var run = _runs.Add(head.IsOpen ? head : _journal.Find(head.Row) ?? head);
            if (head.Started is null)
            {
                OfferStart(run);
                continue;
            }

            // Nothing is admitted before the first turn: by then all that may run has its capacity back.
            Recover(run);
            if (!run.IsParked && !run.HasEndedCommitted) OfferWaiting(run, run.State!.Sequence);
            if (!run.HasMail) _runs.Rest(run);
        }

        TakeInbox();
    }

    /// <summary>
    /// Puts snapshots of all runs that changed since their last one into the open batch: a clean shutdown.
    /// </summary>
    public void SnapshotAll()
    {
        foreach (var run in _runs.All)
        {
            if (run.State is { HasEnded: false, Program: not null, BytesSinceSnapshot: > 0, Parked: not Parked.Stuck }
                && run.Current is null)
                TakeSnapshot(run);
        }
    }

    private void Recover(LiveRun run)
    {
        Load(run);
        var state = run.State!;
        run.IsParked = state.Parked == Parked.Interrupted;
        run.HasEndedCommitted = state.HasEnded;
        RegisterTimers(run);
        OfferStuck(run);
        foreach (var effect in state.Effects.Values.Where(effect => effect.IsIssued)) Recover(run, state, effect);
    }

    private void Recover(LiveRun run, RunState state, OpenEffect effect)
    {
        if (!_performers.TryGetValue(effect.Ask.Kind, out var performer)) return;
        if (performer.Recovery == RecoveryClass.Ambiguous)
        {
            var unknown = new Report.Ended(Ending.Unknown, default);
            Offer(run, new Pending(
                new JournalEvent.Happened(new RunEvent.Reported(effect.Sequence, unknown)), effect.Issue));
            return;
        }

        _handOut.Recover(run, effect);
        if (state.HasEnded) _handOut.Stop(run, effect.Sequence, StopReason.Terminated);
        else if (run.IsParked) _handOut.Stop(run, effect.Sequence, StopReason.Interrupted);
    }

    private void RegisterTimers(LiveRun run)
    {
        Load(run);
        foreach (var (timer, due) in run.State!.Timers) _timers.Set(run, timer, due);
    }

    /// <summary>Listings leave arguments out: they may be large and are needed once.</summary>
    private void OfferStart(LiveRun run)
    {
        var arguments = _journal.Find(run.Row)?.Arguments ?? default;
        Offer(run, new Pending(new JournalEvent.Happened(
            new RunEvent.Started(run.Head.Uid, run.Head.Id, arguments))));
    }

    private void TakeIntake()
    {
        for (var taken = 0; taken < _options.TurnVisits * 4 && _intake.TryTake(out var intake); taken++)
        {
            switch (intake)
            {
                case Intake.Submit submit:
                    TakeSubmit(submit);
                    break;
                case Intake.Send send:
                    _open.Batch.Sent.Add((send.Run, send.Item));
                    _open.Answers.Add(send.Done);
                    break;
                case Intake.Poked:
                    TakeCreated();
                    TakeInbox();
                    break;
                case Intake.Reported reported:
                    TakeReport(reported);
                    break;
                case Intake.Freed freed:
                    _handOut.Freed(freed.Kind);
                    break;
                case Intake.Inspect inspect:
                    inspect.Look(this);
                    break;
            }
        }
    }

    private void TakeSubmit(Intake.Submit submit)
    {
        var run = submit.Run;
        if (_world.Families.Find(run.Kind) is not { } family)
        {
            submit.Done(new CommitResult.Refused($"no program family '{run.Kind}' here", IsLimit: false));
            return;
        }

        if (_runs.Count + _open.Batch.Created.Count >= _options.OpenRuns || WaitingEvents >= _options.WaitingEvents)
        {
            submit.Done(new CommitResult.Refused("too many runs waiting", IsLimit: true));
            return;
        }

        if (run.Version == NewRun.LatestVersion) run = run with { Version = family.Version };
        _open.Batch.Created.Add((run, Now()));
        _open.Answers.Add(submit.Done);
    }

    private void TakeReport(Intake.Reported reported)
    {
        var (key, issue, report) = reported;
        if (_runs.Find(key.Run) is not { } run || run.Head.Incarnation != key.Incarnation) return;
        Offer(run, new Pending(new JournalEvent.Happened(new RunEvent.Reported(key.Sequence, report)), issue));
    }

    /// <summary>
    /// A run created after the last look, with something in its inbox already; null: it has ended or gone.
    /// </summary>
    private LiveRun? TakeUp(long row)
    {
        if (row > _lastRow) TakeCreated();
        return _runs.Find(row);
    }

    /// <summary>Takes up runs that anybody created.</summary>
    private void TakeCreated()
    {
        foreach (var head in _journal.List(new RunFilter { OnlyUnfinished = true, AfterRow = _lastRow }))
        {
            _lastRow = head.Row;
            OfferStart(_runs.Add(head));
        }
    }

    /// <summary>Takes up inbox rows that anybody sent; those of a run that has ended are taken and dropped.</summary>
    private void TakeInbox()
    {
        while (true)
        {
            var rows = _journal.Inbox(_lastPosition, InboxPage);
            foreach (var (position, row, item) in rows)
            {
                _lastPosition = position;
                if ((_runs.Find(row) ?? TakeUp(row)) is { } run)
                    Offer(run, new Pending(new JournalEvent.Happened(new RunEvent.Arrived(item)), Position: position));
                else
                    _open.Batch.Taken.Add(position);
            }

            if (rows.Count < InboxPage) return;
        }
    }
}

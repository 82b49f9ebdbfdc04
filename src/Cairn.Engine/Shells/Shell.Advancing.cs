using System.Diagnostics;
using Cairn.Engine.Effects;
using Cairn.Engine.Programs;
using Cairn.Engine.Records;
using Cairn.Engine.Replays;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Shells;

public sealed partial class Shell
{
    /// <summary>Gives a ready run one event, or more fuel for the one that it is at.</summary>
    private void Visit(LiveRun run)
    {
        if (run.AwaitsCommit) return;
        Load(run);
        if (run.Current is { } current)
        {
            current.Turn.Refuel(ProgramStep.Fuel);
            Advance(run, current.Event, RunEvent.Continued.Instance, current.Turn);
        }
        else if (run.TryTake(MayTake, out var pending))
        {
            WaitingEvents--;
            Begin(run, pending);
        }
        else
        {
            _runs.Rest(run);
            return;
        }

        if (run.Current is not null || (run.HasMail && !run.AwaitsCommit)) _runs.Ready(run);
        else _runs.Rest(run);
    }

    private void Load(LiveRun run)
    {
        if (run.State is not null) return;
        if (_runs.Load(run) is { } divergence && run.State!.Parked is Parked.No or Parked.Interrupted)
            AppendOwn(run, new JournalEvent.Diverged(divergence));
    }

    /// <summary>What a parked run takes; the rest keeps its place until the run goes on.</summary>
    private static bool MayTake(LiveRun run, Pending pending)
    {
        var state = run.State!;
        if (state.HasEnded || state.Parked == Parked.No) return true;
        if (state.Parked == Parked.Interrupted) return pending.Happened is not RunEvent.TimerFired;
        return pending.Happened switch
        {
            null => pending.Event is JournalEvent.Issued,
            RunEvent.Arrived arrived =>
                arrived.Item.Kind is InboxKind.Resume or InboxKind.Terminate or InboxKind.Interrupt,
            _ => false,
        };
    }

    private void Begin(LiveRun run, Pending pending)
    {
        var state = run.State!;
        switch (pending.Event)
        {
            case JournalEvent.Issued issued:
                BeginIssued(run, issued);
                break;
            case JournalEvent.Again when state.StuckEvent is not null:
                ToProgram(run, pending, state.StuckEvent);
                break;
            case JournalEvent.Happened { Event: RunEvent.Reported reported }:
                BeginReport(run, pending, reported);
                break;
            case JournalEvent.Happened { Event: RunEvent.TimerFired fired }:
                if (state.Timers.TryGetValue(fired.Timer, out var due) && due == pending.Due)
                    ToProgram(run, pending, fired);
                break;
            case JournalEvent.Happened { Event: RunEvent.Arrived arrived }:
                BeginArrived(run, pending, arrived);
                break;
            case JournalEvent.Happened { Event: RunEvent.Started started }:
                if (state.Sequence == 0) ToProgram(run, pending, started);
                break;
        }
    }

    private void BeginReport(LiveRun run, Pending pending, RunEvent.Reported reported)
    {
        var state = run.State!;
        var isCurrent = state.Effects.TryGet(reported.Effect, out var effect) && effect.Issue == pending.Issue;
        if (!isCurrent)
        {
            if (!state.HasEnded) Append(run, pending, Taking.Ignored.Instance, []);
            return;
        }

        if (state.HasEnded || reported.Report is Report.Ended { Ending: Ending.Interrupted })
            Append(run, pending, Taking.ByEngine.Instance, []);
        else
            ToProgram(run, pending, reported);
    }

    private void BeginArrived(LiveRun run, Pending pending, RunEvent.Arrived arrived)
    {
        var state = run.State!;
        var kind = arrived.Item.Kind;
        if (kind == InboxKind.Resume && state is { Program: null, HasEnded: false })
        {
            ResumeWithoutProgram(run, pending);
        }
        else if (state.HasEnded || kind is InboxKind.Interrupt or InboxKind.Resume)
        {
            Append(run, pending, Taking.ByEngine.Instance, []);
            OfferStuck(run);
        }
        else if (state.Program is null || (kind == InboxKind.Terminate
            && state.Parked is Parked.Stuck or Parked.Diverged))
        {
            Append(run, pending, Taking.ByEngine.Instance, [ProgramStep.Terminated]);
        }
        else
        {
            ToProgram(run, pending, arrived);
        }
    }

    /// <summary>A program that threw, or could not be replayed, is loaded again from what is committed.</summary>
    private void ResumeWithoutProgram(LiveRun run, Pending pending)
    {
        if (run.Uncommitted > 0)
        {
            run.AwaitsCommit = true;
            OfferFirst(run, pending);
            return;
        }

        run.State = null;
        var divergence = _runs.Load(run);
        Append(run, pending, Taking.ByEngine.Instance, []);
        if (divergence is not null) AppendOwn(run, new JournalEvent.Diverged(divergence));
        else OfferStuck(run);
    }

    /// <summary>The event at which the program threw is the next one after a resume.</summary>
    private void OfferStuck(LiveRun run)
    {
        if (run.State is { Parked: Parked.No, StuckEvent: not null } state)
            OfferFirst(run, new Pending(new JournalEvent.Again(state.StuckAt)));
    }

    private void BeginIssued(LiveRun run, JournalEvent.Issued issued)
    {
        var state = run.State!;
        List<long> wanted = [];
        foreach (var effect in issued.Effects)
        {
            if (state.Parked != Parked.Interrupted && state.Effects.Has(effect)) wanted.Add(effect);
            else Withdraw(run, effect);
        }

        if (wanted.Count > 0) AppendOwn(run, new JournalEvent.Issued(wanted));
    }

    private void ToProgram(LiveRun run, Pending pending, RunEvent happened)
    {
        var state = run.State!;
        var turn = new Turn(EventTime(state, pending), _world.Seed(), state.NextEffect, ProgramStep.Fuel);
        Advance(run, pending, happened, turn);
    }

    private void Advance(LiveRun run, Pending pending, RunEvent offered, Turn turn)
    {
        var state = run.State!;
        try
        {
            if (state.Program!.Advance(offered, turn) == Advanced.OutOfFuel)
            {
                run.Current = (pending, turn);
                return;
            }
        }
        catch (Exception e)
        {
            // Code of a language must never stop the engine: the run is parked, visible, with its event kept.
            run.Current = null;
            Append(run, pending, new Taking.Threw($"{e.GetType().Name}: {e.Message}"), [], turn);
            state.Program = null;
            return;
        }

        run.Current = null;
        var happened = pending.Happened ?? state.StuckEvent ?? throw new UnreachableException();
        Append(run, pending, Taking.ByProgram.Instance, ProgramStep.Commands(happened, turn), turn);
        TakeSnapshotIfDue(run);
    }

    private DateTimeOffset EventTime(RunState state, Pending pending)
    {
        var now = Now();
        if (now < pending.Due) now = pending.Due.ToUniversalTime();
        return now < state.LastAt ? state.LastAt : now;
    }

    private void AppendOwn(LiveRun run, JournalEvent own) =>
        Append(run, new Pending(own), Taking.ByEngine.Instance, []);

    /// <summary>Writes one record into the open group; from here on the run's state is speculative.</summary>
    private void Append(
        LiveRun run, Pending pending, Taking taking, IReadOnlyList<Command> commands, Turn? turn = null)
    {
        var state = run.State!;
        var at = turn?.Now ?? EventTime(state, pending);
        var record = new Record(state.Sequence + 1, at, turn?.Seed ?? default, pending.Event, taking, commands);
        var payload = _writer.Write(record);
        var chain = RecordChain.Link(state.Chain, payload);
        state.Apply(record, chain, payload.Length);
        var batch = _open.Batch;
        batch.Records.Add(new Journals.RecordRow(run.Row, record.Sequence, payload, chain));
        batch.Bytes += payload.Length;
        if (_writer.HasBlobs)
        {
            foreach (var blob in _writer.TakeBlobs())
            {
                batch.Blobs.Add(new Journals.BlobRow(run.Row, blob.Key, blob.Value));
                batch.Bytes += blob.Value.Length;
            }
        }

        if (pending.Position > 0) batch.Taken.Add(pending.Position);
        _open.Add(new Group.Entry(run, pending, record));
        run.Uncommitted++;
        ShowHead(run, record);
        foreach (var command in commands)
            if (command is Command.TimerSet set) _timers.Set(run, set.Timer, set.Due);
    }

    private void TakeSnapshotIfDue(LiveRun run)
    {
        var state = run.State!;
        if (!state.HasEnded && state.IsSnapshotDue(_options.SnapshotBytes)) TakeSnapshot(run);
    }

    private void TakeSnapshot(LiveRun run)
    {
        var state = run.State!;
        var snapshot = Snapshots.Write(state);
        (state.SnapshotBytes, state.BytesSinceSnapshot) = (snapshot.Length, 0);
        _open.Batch.Snapshots.Add(new Journals.SnapshotRow(run.Row, state.Sequence, snapshot));
        _open.Batch.Bytes += snapshot.Length;
    }
}

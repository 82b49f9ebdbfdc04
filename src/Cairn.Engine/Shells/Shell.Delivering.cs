using Cairn.Engine.Effects;
using Cairn.Engine.Programs;
using Cairn.Engine.Records;

namespace Cairn.Engine.Shells;

public sealed partial class Shell
{
    /// <summary>
    /// What a committed record asks of the world. One that asks for more than a slice is done turn by turn, and what
    /// its run commits meanwhile waits behind it: a run's records are never delivered out of order.
    /// </summary>
    private void Deliver(LiveRun run, Record record)
    {
        var delivery = new Delivery(record);
        if (run.Undelivered is null)
        {
            Begin(run, delivery);
            if (Continue(run, delivery, _options.TurnVisits) >= 0) return;
            run.Undelivered = new();
            _undelivered.Enqueue(run);
        }

        run.Undelivered.Enqueue(delivery);
    }

    /// <summary>One slice of each run whose records are not all delivered.</summary>
    private void DeliverSome()
    {
        for (var runs = Math.Min(_undelivered.Count, SlicesPerTurn); runs > 0; runs--)
        {
            var run = _undelivered.Dequeue();
            DeliverSlice(run, run.Undelivered!);
            if (run.Undelivered!.Count > 0)
            {
                _undelivered.Enqueue(run);
                continue;
            }

            run.Undelivered = null;
            RetireOrRest(run);
        }
    }

    private void DeliverSlice(LiveRun run, Queue<Delivery> deliveries)
    {
        var left = _options.TurnVisits;
        while (left > 0 && deliveries.TryPeek(out var delivery))
        {
            if (!delivery.HasBegun) Begin(run, delivery);
            left = Continue(run, delivery, left);
            if (left < 0) return;
            deliveries.Dequeue();
            left--;
        }
    }

    /// <summary>The event's own consequences; those of its commands follow.</summary>
    private void Begin(LiveRun run, Delivery delivery)
    {
        delivery.HasBegun = true;
        var record = delivery.Record;
        switch (record.Event)
        {
            case JournalEvent.Issued issued:
                foreach (var effect in issued.Effects) StartIssued(run, effect);
                break;
            case JournalEvent.Happened { Event: RunEvent.Reported { Report: Report.Ended } ended }
                when record.Taking is not Taking.Ignored:
                DeliverEnd(run, ended, record.Sequence - 1);
                break;
            case JournalEvent.Happened { Event: RunEvent.Arrived arrived }:
                DeliverArrival(run, arrived.Item.Kind, record.Sequence - 1);
                break;
        }
    }

    /// <summary>
    /// Queues asks until a slice is used up, then does what the other commands say. What is left of the slice; less
    /// than 0: the record is not done yet.
    /// </summary>
    private int Continue(LiveRun run, Delivery delivery, int slice)
    {
        var record = delivery.Record;
        if (record.Commands.Count == 0) return slice;
        if (delivery.EndsRun)
        {
            DeliverMessages(run, record);
            run.HasEndedCommitted = true;
            _handOut.StopAll(run, StopReason.Terminated);
            return slice;
        }

        while (!run.IsParked && delivery.NextGang() is { } gang)
        {
            _handOut.Enqueue(run, record.Sequence, gang);
            slice -= gang.Count;
            if (slice < 0) return slice;
        }

        DeliverMessages(run, record);
        return slice;
    }

    /// <summary>After the asks: a message may be for an effect that the same record asks for.</summary>
    private void DeliverMessages(LiveRun run, Record record)
    {
        foreach (var command in record.Commands)
            if (command is Command.Told told) _handOut.Tell(run, told.Effect, told.Message);
    }

    private void DeliverEnd(LiveRun run, RunEvent.Reported ended, long before)
    {
        _handOut.Forget(run, ended.Effect);
        if (ended.Report is Report.Ended { Ending: Ending.Interrupted } && !run.IsParked) OfferWaiting(run, before);
    }

    private void DeliverArrival(LiveRun run, InboxKind kind, long before)
    {
        if (run.HasEndedCommitted) return;
        if (kind == InboxKind.Interrupt)
        {
            run.IsParked = true;
            _handOut.StopAll(run, StopReason.Interrupted);
        }
        else if (run.IsParked && kind is InboxKind.Resume or InboxKind.Cancel)
        {
            run.IsParked = false;
            OfferWaiting(run, before);
        }
    }

    /// <summary>
    /// Puts the effects that wait, and are in no queue, into the queues of their performers: those asked up to a
    /// record.
    /// Later records bring their own.
    /// </summary>
    private void OfferWaiting(LiveRun run, long until)
    {
        Load(run);
        if (run.State!.HasEnded) return;
        _handOut.EnqueueWaiting(run, run.State, until);
    }

    private void HandOutSome()
    {
        if (!_handOut.HasWork) return;
        foreach (var (run, effects) in _handOut.Offer())
            OfferFirst(run, new Pending(new JournalEvent.Issued(effects)));
    }

    private void StartIssued(LiveRun run, long effect)
    {
        _handOut.Start(run, effect);
        if (run.IsParked) _handOut.Stop(run, effect, StopReason.Interrupted);
    }

    private void Withdraw(LiveRun run, long effect) => _handOut.Withdraw(run, effect);
}

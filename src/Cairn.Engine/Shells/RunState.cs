using System.Diagnostics;
using Cairn.Engine.Effects;
using Cairn.Engine.Programs;
using Cairn.Engine.Records;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Shells;

/// <summary>
/// What the records of a run add up to: the program, and the engine's own part beside it. Live and in a replay it
/// changes only by <see cref="Apply"/>.
/// </summary>
internal sealed class RunState
{
    /// <summary>The program; null when it has ended, threw, or could not be replayed.</summary>
    public IProgram? Program { get; set; }

    public long Sequence { get; set; }

    public UInt128 Chain { get; set; }

    public long NextEffect { get; set; } = 1;

    public SequenceTable<OpenEffect> Effects { get; } = new();

    public SortedDictionary<string, DateTimeOffset> Timers { get; } = new(StringComparer.Ordinal);

    public Parked Parked { get; set; }

    public string ParkMessage { get; set; } = "";

    public bool HasEnded { get; set; }

    /// <summary>The record whose event the program could not take; 0: none.</summary>
    public long StuckAt { get; set; }

    /// <summary>The event of <see cref="StuckAt"/>.</summary>
    public RunEvent? StuckEvent { get; set; }

    /// <summary>The time of the last event: a run's time never goes back.</summary>
    public DateTimeOffset LastAt { get; set; }

    /// <summary>Bytes of records since the last snapshot, and that snapshot's size.</summary>
    public long BytesSinceSnapshot { get; set; }

    public long SnapshotBytes { get; set; }

    /// <summary>
    /// Whether the records since the last snapshot outweigh the next one, which is as large as the last, or as the open
    /// effects make it. The factor keeps a wide run from writing its whole table again after every few events.
    /// </summary>
    public bool IsSnapshotDue(int atLeast)
    {
        const int factor = 4;
        const int effectBytes = 40;
        return BytesSinceSnapshot >= Math.Max(atLeast, factor * Math.Max(SnapshotBytes, Effects.Count * effectBytes));
    }

    /// <summary>Follows one record: all that it changes but the program itself.</summary>
    public void Apply(Record record, UInt128 chain, int bytes)
    {
        Sequence = record.Sequence;
        Chain = chain;
        LastAt = record.At;
        BytesSinceSnapshot += bytes;
        if (record.Taking is Taking.Threw threw)
        {
            Park(Parked.Stuck, threw.Message);
            if (record.Event is JournalEvent.Happened kept) (StuckAt, StuckEvent) = (record.Sequence, kept.Event);
            return;
        }

        switch (record.Event)
        {
            case JournalEvent.Happened happened when record.Taking is not Taking.Ignored:
                Follow(happened.Event);
                break;
            case JournalEvent.Issued issued:
                foreach (var effect in issued.Effects)
                    if (Effects.TryGet(effect, out var open)) open.IsIssued = true;
                break;
            case JournalEvent.Again:
                (StuckAt, StuckEvent) = (0, null);
                break;
            case JournalEvent.Diverged diverged:
                Park(Parked.Diverged, diverged.Message);
                break;
        }

        foreach (var command in record.Commands) Follow(command, record.Sequence);
    }

    private void Park(Parked reason, string message) => (Parked, ParkMessage) = (reason, message);

    private void Follow(RunEvent happened)
    {
        switch (happened)
        {
            case RunEvent.Reported reported when Effects.TryGet(reported.Effect, out var effect):
                Follow(effect, reported.Report);
                break;
            case RunEvent.TimerFired fired:
                Timers.Remove(fired.Timer);
                break;
            case RunEvent.Arrived arrived when !HasEnded:
                Follow(arrived.Item.Kind);
                break;
        }
    }

    private void Follow(OpenEffect effect, Report report)
    {
        switch (report)
        {
            case Report.Accepted accepted:
                effect.Handle = accepted.Handle;
                break;
            case Report.Ended { Ending: Ending.Interrupted } when !HasEnded:
                effect.Issue++;
                effect.IsIssued = false;
                effect.Handle = null;
                break;
            case Report.Ended:
                Effects.Remove(effect.Sequence);
                break;
        }
    }

    private void Follow(InboxKind kind)
    {
        switch (kind)
        {
            case InboxKind.Interrupt when Parked == Parked.No:
                Park(Parked.Interrupted, "");
                break;
            case InboxKind.Resume:
            case InboxKind.Cancel when Parked == Parked.Interrupted:
                Park(Parked.No, "");
                break;
        }
    }

    private void Follow(Command command, long record)
    {
        switch (command)
        {
            case Command.Asked asked:
                NextEffect = asked.Effect + 1;
                Effects.Set(
                    asked.Effect, new OpenEffect(asked.Effect, record, WithoutLargeRequest(asked.Ask)));
                break;
            case Command.Told told when Effects.TryGet(told.Effect, out var effect):
                (effect.Told ??= []).Add((record, told.Message));
                break;
            case Command.TimerSet set:
                Timers[set.Timer] = set.Due;
                break;
            case Command.TimerCleared cleared:
                Timers.Remove(cleared.Timer);
                break;
            case Command.Ended:
                End();
                break;
            case Command.Told or Command.Noted or Command.Shown:
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>A copy costs more than a small request.</summary>
    private static Ask WithoutLargeRequest(Ask ask)
    {
        const int small = 256;
        return ask.Request.Length <= small ? ask : ask with { Request = default };
    }

    /// <summary>What may be running outside stays until it has ended; what only waits is forgotten.</summary>
    private void End()
    {
        HasEnded = true;
        Program = null;
        Park(Parked.No, "");
        Timers.Clear();
        foreach (var effect in Effects.Values.Where(effect => !effect.IsIssued).ToArray())
            Effects.Remove(effect.Sequence);
    }
}

using Cairn.Engine.Programs;

namespace Cairn.Engine.Records;

/// <summary>One event of a run with all that was asked for at it: one row of the journal.</summary>
/// <param name="Sequence">Counted from 1 within the run.</param>
/// <param name="At">The time of the event, UTC.</param>
/// <param name="Seed">The event's 128 random bits.</param>
/// <param name="Event">What happened.</param>
/// <param name="Taking">What was done with it.</param>
/// <param name="Commands">What the program asked for, in order.</param>
public sealed record Record(
    long Sequence,
    DateTimeOffset At,
    UInt128 Seed,
    JournalEvent Event,
    Taking Taking,
    IReadOnlyList<Command> Commands);

namespace Cairn.Engine.Effects;

/// <summary>
/// Makes one attempt at one kind of effect. Every wait and every second attempt is the program's. No call blocks: work
/// goes on elsewhere and speaks through the <see cref="IReportSink"/>. The engine calls from one thread, only after the
/// effect's commit. Capacity lives here, waiting lives in the journal.
/// </summary>
public interface IPerformer
{
    /// <summary>The kinds that it performs: `task`.</summary>
    string Kind { get; }

    /// <summary>How its effects recover.</summary>
    RecoveryClass Recovery { get; }

    /// <summary>Called once before anything else.</summary>
    void Open(IReportSink reports);

    /// <summary>Reserves capacity for all or none. Called in queue order; must be cheap.</summary>
    Admission Admit(IReadOnlyList<EffectOrder> gang);

    /// <summary>
    /// Starts an admitted effect. All messages that its program told it while it waited follow by <see cref="Tell"/>.
    /// For the class <see cref="RecoveryClass.Repeat"/> it may be a second start after a crash; the other classes have
    /// their hand-out committed first, and <see cref="Recover"/> is called for them instead.
    /// </summary>
    void Start(EffectOrder order);

    /// <summary>
    /// Gives back the capacity of an admitted effect that is not wanted any more and was not started.
    /// </summary>
    void Withdraw(EffectOrder order)
    {
        Start(order);
        Stop(order, StopReason.Terminated);
    }

    /// <summary>
    /// After a crash: an effect that was handed out and has not ended. Reserves its capacity unasked, finds it (by
    /// handle or key) or starts it again, whatever its class demands, and reports. Never called for an ambiguous one.
    /// </summary>
    /// <param name="order">As it was committed.</param>
    /// <param name="handle">What <see cref="Report.Accepted"/> said, or null when that was never journaled.</param>
    /// <param name="told">
    /// All messages of the program so far, in order; the performer may have seen some of them.
    /// </param>
    void Recover(EffectOrder order, ReadOnlyMemory<byte>? handle, IReadOnlyList<ReadOnlyMemory<byte>> told);

    /// <summary>
    /// Delivers a message of the program, at least once and in order. It may come for an effect that still waits for
    /// capacity: a performer that can end it without starting it (a stop) reports its end, and the engine takes it out
    /// of the queue; any other message may be ignored then, it comes again after <see cref="Start"/>. Until the engine
    /// has taken that end, the effect may still be admitted and started: its place is given back then.
    /// </summary>
    void Tell(EffectOrder order, ReadOnlyMemory<byte> message);

    /// <summary>
    /// Stops an effect for the engine: the run is parked (report <see cref="Ending.Interrupted"/>), or terminated or
    /// its program ended without waiting (report any end).
    /// </summary>
    void Stop(EffectOrder order, StopReason reason);
}

/// <summary>Why the engine stops an effect.</summary>
public enum StopReason
{
    /// <summary>Ctrl-C: TERM, 10 s, KILL; it is repeated on resume.</summary>
    Interrupted,

    /// <summary>`runs terminate`, or its program has ended: kill now.</summary>
    Terminated,
}

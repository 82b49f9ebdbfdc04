using System.Buffers;

namespace Cairn.Engine.Programs;

/// <summary>
/// The pure part of one run: a deterministic function of (state, event, fuel). It does no I/O, reads no clock, draws no
/// random number and starts no thread; time and randomness are in the <see cref="Turn"/>. It owns its state and may
/// change it in place: an event of a 10,000-task graph must not cost O(n).
/// </summary>
public interface IProgram
{
    /// <summary>
    /// Takes one event. Asks, tells, timers, notes and the visible state go into <paramref name="turn"/>.
    /// Returns <see cref="Advanced.OutOfFuel"/> when <see cref="Turn.Burn"/> said stop: the engine then calls again
    /// with <see cref="RunEvent.Continued"/>, until <see cref="Advanced.Done"/>. A throw parks the run as STUCK.
    /// </summary>
    Advanced Advance(RunEvent happened, Turn turn);

    /// <summary>
    /// Writes the whole state as plain versioned data: no type names, no delegates, steps and tasks by stable id.
    /// Called only between events, never while a continuation is due.
    /// </summary>
    void Save(IBufferWriter<byte> snapshot);

    /// <summary>
    /// Writes what a person may see of the run as one UTF-8 JSON object: a graph's `tasks`, a flow's `steps`, and
    /// `waiting_for`. A pure query; it changes nothing.
    /// </summary>
    void Describe(IBufferWriter<byte> json);
}

/// <summary>Whether an event is wholly taken.</summary>
public enum Advanced
{
    /// <summary>The event is taken; the run waits or has ended.</summary>
    Done,

    /// <summary>Fuel ran out; call again with <see cref="RunEvent.Continued"/>.</summary>
    OutOfFuel,
}

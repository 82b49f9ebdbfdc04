namespace Cairn.Engine.Programs;

/// <summary>What came from outside a run. The row is unique on (run, key): sent twice, it arrives once.</summary>
/// <param name="Key">The sender's key.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Payload">UTF-8 JSON or empty; for a cancel `{"by","message"}`.</param>
public sealed record InboxItem(string Key, InboxKind Kind, ReadOnlyMemory<byte> Payload);

/// <summary>
/// What an inbox item is. The engine itself acts on the last four; a program sees all but Resume and Interrupt.
/// </summary>
public enum InboxKind
{
    /// <summary>A named signal or callback for the program.</summary>
    Signal,

    /// <summary>A child run ended.</summary>
    Child,

    /// <summary>End, with clean-up: the program decides how.</summary>
    Cancel,

    /// <summary>
    /// End now: the engine stops all live effects; the program only notes it (its commands are ignored).
    /// </summary>
    Terminate,

    /// <summary>Park as INTERRUPTED: effects are stopped and will be repeated without counting as a retry.</summary>
    Interrupt,

    /// <summary>Go on after Interrupt, STUCK or DIVERGED.</summary>
    Resume,
}

using Cairn.Engine.Programs;
using Cairn.Engine.Records;

namespace Cairn.Engine.Shells;

/// <summary>An event that waits for its run. It survives a failed commit: it is offered again.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Issue">Of a report: which hand-out it speaks of.</param>
/// <param name="Position">Of an inbox row: its position, taken in the event's transaction; 0 for others.</param>
/// <param name="Due">Of a timer: when it was due; a timer moved meanwhile does not fire.</param>
internal readonly record struct Pending(
    JournalEvent Event, int Issue = 0, long Position = 0, DateTimeOffset Due = default)
{
    /// <summary>The program's event; null for one of the engine.</summary>
    public RunEvent? Happened => (Event as JournalEvent.Happened)?.Event;
}

using Cairn.Engine.Programs;

namespace Cairn.Engine.Records;

/// <summary>What a record says happened: an event of the program, or one of the engine itself. Closed.</summary>
public abstract record JournalEvent
{
    private JournalEvent() { }

    /// <summary>An event of the program.</summary>
    public sealed record Happened(RunEvent Event) : JournalEvent;

    /// <summary>
    /// Effects that are about to be handed out for the first time under their issue; committed before the hand-out for
    /// all classes but <see cref="Effects.RecoveryClass.Repeat"/>, so that after a crash nobody guesses which of 10,000
    /// waiting effects may have been started.
    /// </summary>
    public sealed record Issued(IReadOnlyList<long> Effects) : JournalEvent;

    /// <summary>The event at which the program threw, offered again after a resume.</summary>
    /// <param name="Record">The sequence of the record that holds it.</param>
    public sealed record Again(long Record) : JournalEvent;

    /// <summary>A replay asked for something else than the journal holds, or could not be done at all.</summary>
    public sealed record Diverged(string Message) : JournalEvent;
}

/// <summary>What was done with the event of a record. Closed.</summary>
public abstract record Taking
{
    private Taking() { }

    /// <summary>The program took it; its commands are in the record.</summary>
    public sealed record ByProgram : Taking
    {
        /// <summary>The only instance.</summary>
        public static ByProgram Instance { get; } = new();
    }

    /// <summary>The engine acted on it alone; the program never saw it.</summary>
    public sealed record ByEngine : Taking
    {
        /// <summary>The only instance.</summary>
        public static ByEngine Instance { get; } = new();
    }

    /// <summary>Recorded and ignored: a report about an effect or issue that is no longer current.</summary>
    public sealed record Ignored : Taking
    {
        /// <summary>The only instance.</summary>
        public static Ignored Instance { get; } = new();
    }

    /// <summary>The program threw; the run is parked and the event kept.</summary>
    public sealed record Threw(string Message) : Taking;
}

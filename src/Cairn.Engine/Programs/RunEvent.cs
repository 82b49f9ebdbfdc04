using Cairn.Engine.Effects;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Programs;

/// <summary>Something that happened to a run. Closed: a new kind is a new journal version.</summary>
public abstract record RunEvent
{
    private RunEvent() { }

    /// <summary>The first event of every run.</summary>
    /// <param name="Uid">The run's identity.</param>
    /// <param name="Id">The id for people, `name-n`.</param>
    /// <param name="Arguments">What the submitter passed, UTF-8 JSON or empty.</param>
    public sealed record Started(RunUid Uid, string Id, ReadOnlyMemory<byte> Arguments) : RunEvent;

    /// <summary>A performer reported about a live effect.</summary>
    /// <param name="Effect">The sequence that <see cref="Turn.Ask"/> returned.</param>
    /// <param name="Report">Accepted, progressed or ended.</param>
    public sealed record Reported(long Effect, Report Report) : RunEvent;

    /// <summary>A timer set by the program is due; it is gone now.</summary>
    /// <param name="Timer">The id given to <see cref="Turn.SetTimer"/>.</param>
    public sealed record TimerFired(string Timer) : RunEvent;

    /// <summary>Something from outside: a cancel, a signal, a callback, a child's end.</summary>
    /// <param name="Item">The inbox row, delivered once.</param>
    public sealed record Arrived(InboxItem Item) : RunEvent;

    /// <summary>More fuel for the event before; never journaled.</summary>
    public sealed record Continued : RunEvent
    {
        /// <summary>The only instance.</summary>
        public static Continued Instance { get; } = new();
    }
}

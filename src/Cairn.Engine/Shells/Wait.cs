namespace Cairn.Engine.Shells;

/// <summary>One thing that a run waits for, for `runs why`. Closed.</summary>
public abstract record Wait
{
    private Wait() { }

    /// <summary>An effect that its performer has not taken yet.</summary>
    /// <param name="Effect">Its sequence.</param>
    /// <param name="Label">What people call it.</param>
    /// <param name="Queue">The performer and its queue: `task/local`.</param>
    /// <param name="Reason">What the performer said, `pool local: 2 of 2 CPUs in use`; null: not offered yet, or
    /// unknown here.</param>
    public sealed record ForCapacity(long Effect, string Label, string Queue, string? Reason) : Wait;

    /// <summary>An effect that its performer works at.</summary>
    public sealed record ForEffect(long Effect, string Label, string Kind) : Wait;

    /// <summary>A timer.</summary>
    public sealed record ForTimer(string Timer, DateTimeOffset Due) : Wait;

    /// <summary>A person: the run is parked.</summary>
    public sealed record ForResume(Runs.Parked Parked, string Message) : Wait;

    /// <summary>Something from outside; nothing else is open.</summary>
    public sealed record ForInbox : Wait
    {
        /// <summary>The only instance.</summary>
        public static ForInbox Instance { get; } = new();
    }
}

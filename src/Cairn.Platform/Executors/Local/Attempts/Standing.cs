using Cairn.Graphs.Tasks;

namespace Cairn.Platform.Executors.Local.Attempts;

/// <summary>
/// What the messages so far want of a task: a pure fold, so that recovery, which gets all of them again, comes to the
/// same.
/// </summary>
/// <param name="Barrier">Whether the command waits for `go`.</param>
/// <param name="Launch">The serial of the launch that should run; null at the barrier.</param>
/// <param name="Stop">How it should stop.</param>
/// <param name="Seen">The last serial folded in.</param>
internal readonly record struct Standing(bool Barrier, int? Launch, StopKind Stop, int Seen)
{
    /// <summary>Before any message.</summary>
    public static Standing First(bool barrier) => new(barrier, barrier ? null : 0, StopKind.None, 0);

    /// <summary>After one more message; one that was seen before changes nothing.</summary>
    public Standing After(TaskMessage message)
    {
        if (message.Serial <= Seen)
            return this;
        var next = this with { Seen = message.Serial };
        return message.Verb switch
        {
            TaskVerb.Go => Launch is null ? next with { Launch = message.Serial } : next,
            // A command that has not begun is not restarted (spec/osmo.md 3.4).
            TaskVerb.Restart when Launch is null => next,
            TaskVerb.Restart => next with { Launch = Barrier ? null : message.Serial },
            TaskVerb.Stop => next.Stopped(StopKind.Gently),
            TaskVerb.Kill => next.Stopped(StopKind.AtOnce),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>With a stop; a harder one wins over a softer one.</summary>
    public Standing Stopped(StopKind stop) => this with { Stop = stop > Stop ? stop : Stop };
}

/// <summary>How a task should stop, the harder the larger.</summary>
internal enum StopKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Its run is parked: TERM, 10 s, KILL; it is handed out again later.</summary>
    Interrupted,

    /// <summary>TERM, 10 s, KILL.</summary>
    Gently,

    /// <summary>KILL.</summary>
    AtOnce,
}

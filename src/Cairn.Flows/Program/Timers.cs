namespace Cairn.Flows.Program;

/// <summary>Timers of strands: one for each purpose, named so that people can read what the run waits for.</summary>
internal static class Timers
{
    private const double LongestSeconds = 366 * 86400d;

    /// <summary>The engine's name of a timer: `wait: sleep`, for a branch `wait: sleep (3)`.</summary>
    public static string IdOf(Strand strand, string purpose) =>
        $"{strand.At.Step.Label}: {purpose}" + (strand.Id == 0 ? "" : $" ({strand.Id})");

    /// <summary>Sets a timer so many seconds from now, and notes it in what the strand waits for.</summary>
    public static Waiting Set(Strand strand, Waiting waiting, string purpose, double seconds)
    {
        var wait = Math.Clamp(seconds, 0, LongestSeconds);
        // Rounded up: a durable sleep ends no earlier than asked.
        var ticks = (long)Math.Ceiling(wait * TimeSpan.TicksPerSecond);
        return Set(strand, waiting, purpose, strand.Machine.Turn.Now + TimeSpan.FromTicks(ticks));
    }

    /// <summary>Sets a timer for a moment.</summary>
    public static Waiting Set(Strand strand, Waiting waiting, string purpose, DateTimeOffset due)
    {
        strand.Machine.Turn.SetTimer(IdOf(strand, purpose), due);
        return waiting with
        {
            Timers = [.. waiting.Timers, purpose],
            Due = waiting.Due is { } sooner && sooner < due ? sooner : due,
        };
    }

    /// <summary>Forgets all timers of a strand.</summary>
    public static void Clear(Strand strand)
    {
        foreach (var purpose in strand.Waiting?.Timers ?? [])
            strand.Machine.Turn.ClearTimer(IdOf(strand, purpose));
    }
}

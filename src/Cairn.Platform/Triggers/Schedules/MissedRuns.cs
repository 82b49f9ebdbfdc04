namespace Cairn.Platform.Triggers.Schedules;

/// <summary>What to do with moments that passed while nobody looked.</summary>
public enum MissedPolicy
{
    /// <summary>The last one is made up for, the others are left out.</summary>
    Once,

    /// <summary>None is made up for.</summary>
    Skip,

    /// <summary>All are made up for, in order, at most <see cref="MissedRuns.MostMadeUp"/> of them.</summary>
    All,
}

/// <summary>What is due.</summary>
/// <param name="Fire">Moments to fire for, in order.</param>
/// <param name="Skipped">How many are left out.</param>
/// <param name="Position">The last moment that is dealt with: where to go on.</param>
public sealed record DueRuns(IReadOnlyList<DateTimeOffset> Fire, int Skipped, DateTimeOffset Position);

/// <summary>Decides which moments of a timetable fire. Pure.</summary>
public static class MissedRuns
{
    /// <summary>How late a moment may be seen and still count as on time.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>The most moments that one look makes up for; older ones are left out.</summary>
    public const int MostMadeUp = 1000;

    // Moments of a busy table are not counted further back than this.
    private static readonly TimeSpan s_horizon = TimeSpan.FromDays(40);

    /// <summary>What is due of the moments after <paramref name="position"/> up to <paramref name="now"/>.</summary>
    /// <remarks>A clock that was set back finds nothing due until it has passed the position again.</remarks>
    public static DueRuns Look(
        Timetable table, DateTimeOffset position, DateTimeOffset now, MissedPolicy policy)
    {
        var moments = Between(table, now - s_horizon is var near && near > position ? near : position, now);
        if (moments.Count == 0)
            moments = Between(table, position, now);
        if (moments.Count == 0)
            return new DueRuns([], 0, position);
        var kept = policy switch
        {
            MissedPolicy.All => moments.TakeLast(MostMadeUp).ToList(),
            MissedPolicy.Skip => moments.TakeLast(1).Where(moment => now - moment <= Grace).ToList(),
            _ => moments[^1..],
        };
        return new DueRuns(kept, moments.Count - kept.Count, moments[^1]);
    }

    private static List<DateTimeOffset> Between(Timetable table, DateTimeOffset after, DateTimeOffset now)
    {
        var moments = new List<DateTimeOffset>();
        for (var next = table.Next(after); next <= now; next = table.Next(next))
            moments.Add(next);
        return moments;
    }
}

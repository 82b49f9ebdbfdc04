namespace Cairn.Cli.Progress;

/// <summary>Durations as people read them.</summary>
internal static class Elapsed
{
    /// <summary>`4.2s`, `1m 05s`, `2h 03m`.</summary>
    public static string Text(TimeSpan time)
    {
        if (time < TimeSpan.Zero)
            time = TimeSpan.Zero;
        if (time.TotalSeconds < 10)
            return $"{time.TotalSeconds:0.0}s";
        if (time.TotalSeconds < 60)
            return $"{(int)time.TotalSeconds}s";
        return time.TotalHours < 1
            ? $"{(int)time.TotalMinutes}m {time.Seconds:00}s"
            : $"{(int)time.TotalHours}h {time.Minutes:00}m";
    }
}

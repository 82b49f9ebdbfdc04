namespace Cairn.Graphs.Program;

/// <summary>Spans of time as the original's timeout messages write them.</summary>
internal static class Readable
{
    private static readonly (string Name, long Seconds)[] Units =
        [("days", 86400), ("hours", 3600), ("minutes", 60), ("seconds", 1)];

    /// <summary>`1 hours, 30 minutes`: no singular forms, nothing below a second.</summary>
    public static string Span(double seconds)
    {
        var left = (long)seconds;
        var parts = new List<string>();
        foreach (var (unit, length) in Units)
        {
            if (left / length is var count and > 0)
                parts.Add($"{count} {unit}");
            left %= length;
        }

        return parts.Count == 0 ? "0 seconds" : string.Join(", ", parts);
    }
}

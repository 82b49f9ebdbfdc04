using Cairn.Platform.Connectors.Records;
using Cairn.Platform.Stores.Embedded;

namespace Cairn.Platform.Connectors.Clockwork;

/// <summary>What this machine has to do by itself, and when: deliver a task, fire a schedule.</summary>
internal static class DueRows
{
    /// <summary>Sets or moves a duty.</summary>
    public static void Set(RecordRows rows, string kind, string name, DateTimeOffset at, int attempts) =>
        rows.Connection.Run(
            """
            INSERT INTO due (kind, name, at, attempts) VALUES ($kind, $name, $at, $attempts)
            ON CONFLICT (kind, name) DO UPDATE SET at = $at, attempts = $attempts
            """,
            ("$kind", kind), ("$name", name), ("$at", at.ToUnixTimeMilliseconds()), ("$attempts", attempts));

    /// <summary>Forgets a duty.</summary>
    public static void Clear(RecordRows rows, string kind, string name) => rows.Connection.Run(
        "DELETE FROM due WHERE kind = $kind AND name = $name", ("$kind", kind), ("$name", name));

    /// <summary>The duties that are due, the oldest first.</summary>
    public static List<Duty> Now(RecordRows rows, int most) => rows.Connection.All(
        "SELECT kind, name, at, attempts FROM due WHERE at <= $now ORDER BY at LIMIT $most",
        row => new Duty(
            row.GetString(0), row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
                row.GetInt32(3)),
        ("$now", rows.Now.ToUnixTimeMilliseconds()), ("$most", most));

    /// <summary>When the next one is due; null: there is none.</summary>
    public static DateTimeOffset? Next(RecordRows rows) =>
        rows.Connection.Number("SELECT at FROM due ORDER BY at LIMIT 1") is { } at
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : null;
}

/// <summary>Something that is due.</summary>
/// <param name="Kind">`task` or `schedule`.</param>
/// <param name="Name">Of the resource.</param>
/// <param name="At">When.</param>
/// <param name="Attempts">How often it was tried and failed.</param>
internal sealed record Duty(string Kind, string Name, DateTimeOffset At, int Attempts);

using System.Text.Json;

namespace Cairn.Cli.Runs;

/// <summary>Reads the members of a described task; what is missing or null reads as nothing.</summary>
internal static class TaskFields
{
    /// <summary>A text or a number as text; empty for nothing.</summary>
    public static string Text(JsonElement task, string name) =>
        task.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : "";

    /// <summary>A moment, or null for nothing.</summary>
    public static DateTimeOffset? Time(JsonElement task, string name) =>
        task.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.TryGetDateTimeOffset(out var time)
            ? time
            : null;
}

using System.Text.Json;

namespace Cairn.Flows.Program;

/// <summary>The payload of a cancel, `{"by","message"}`, in one sentence.</summary>
internal static class CancelNote
{
    /// <summary>Who and why, as far as it is said.</summary>
    public static string Read(ReadOnlyMemory<byte> payload)
    {
        if (payload.IsEmpty)
            return "cancelled";
        using var document = JsonDocument.Parse(payload);
        var (by, message) = (Text(document.RootElement, "by"), Text(document.RootElement, "message"));
        var who = by is null ? "cancelled" : $"cancelled by {by}";
        return message is null ? who : $"{who}: {message}";
    }

    private static string? Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}

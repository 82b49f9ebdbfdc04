using System.Text.Json;

namespace Cairn.Graphs.Program;

/// <summary>The payload of a cancel: who, why, and whether tasks get time to end (spec/osmo.md 3.9).</summary>
internal sealed record CancelRequest(string? By, string? Message, bool Force = false)
{
    /// <summary>Reads a payload; one that says nothing is a cancel by nobody.</summary>
    public static CancelRequest Read(ReadOnlyMemory<byte> payload) => payload.IsEmpty
        ? new CancelRequest(null, null)
        : JsonSerializer.Deserialize(payload.Span, GraphJson.Default.CancelRequest) ?? new CancelRequest(null, null);

    /// <summary>What each task that it ends says.</summary>
    public string Sentence()
    {
        var who = $"Task was canceled by user: {By ?? "unknown"}.";
        return string.IsNullOrEmpty(Message) ? who : $"{who} {Message}";
    }
}

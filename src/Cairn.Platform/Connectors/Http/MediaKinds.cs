using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Platform.Connectors.Calls;

namespace Cairn.Platform.Connectors.Http;

/// <summary>What a content type makes of bytes (spec/workflows.md 5.3).</summary>
internal static class MediaKinds
{
    private static readonly string[] s_textual =
    [
        "application/xml", "application/javascript", "application/ecmascript", "application/yaml", "application/x-yaml",
        "application/x-www-form-urlencoded", "application/graphql", "application/sql", "application/x-ndjson",
        "application/jsonl", "application/toml",
    ];

    /// <summary>Whether a media type without its parameters is JSON.</summary>
    public static bool IsJson(string type) =>
        type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The value of a body in the engine's coding: parsed JSON, a string, or bytes; nothing is "".</summary>
    public static JsonNode Value(string? contentType, ReadOnlyMemory<byte> body)
    {
        if (body.Length == 0)
            return JsonValue.Create("");
        var parsed = MediaTypeHeaderValue.TryParse(contentType, out var header) ? header : null;
        var type = parsed?.MediaType ?? "";
        if (IsJson(type))
            return Json(body) is { IsJson: true } json ? json.Value! : JsonValue.Create(Text(parsed, body));
        return type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase)
            || s_textual.Contains(type, StringComparer.OrdinalIgnoreCase)
            ? JsonValue.Create(Text(parsed, body))
            : CodedJson.Bytes(body.Span);
    }

    private static (bool IsJson, JsonNode? Value) Json(ReadOnlyMemory<byte> body)
    {
        try
        {
            var text = body.Span.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;
            return (true, CodedJson.Of(JsonNode.Parse(text.Span)));
        }
        catch (JsonException)
        {
            return (false, null);
        }
    }

    private static string Text(MediaTypeHeaderValue? type, ReadOnlyMemory<byte> body)
    {
        var charset = type?.CharSet?.Trim('"').ToLowerInvariant();
        var encoding = charset is "iso-8859-1" or "latin1" or "us-ascii" ? Encoding.Latin1
            : charset is "utf-16" or "utf-16le" ? Encoding.Unicode
            : charset is "utf-16be" ? Encoding.BigEndianUnicode
            : Encoding.UTF8;
        return encoding.GetString(body.Span);
    }
}

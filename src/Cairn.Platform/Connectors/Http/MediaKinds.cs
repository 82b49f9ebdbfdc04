using System.Net.Http.Headers;
using System.Text;
using Cairn.Flows.Values;

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

    /// <summary>The value of a body: parsed JSON, a string, or bytes; nothing is "".</summary>
    public static FlowValue Value(string? contentType, ReadOnlyMemory<byte> body)
    {
        if (body.Length == 0)
            return FlowValue.Of("");
        var parsed = MediaTypeHeaderValue.TryParse(contentType, out var header) ? header : null;
        var type = parsed?.MediaType ?? "";
        if (IsJson(type))
            return Json(body) ?? FlowValue.Of(Text(parsed, body));
        return type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase)
            || s_textual.Contains(type, StringComparer.OrdinalIgnoreCase)
            ? FlowValue.Of(Text(parsed, body))
            : FlowValue.Of(body);
    }

    private static FlowValue? Json(ReadOnlyMemory<byte> body)
    {
        try
        {
            return PublicJson.Decode(
                body.Span.StartsWith(Encoding.UTF8.Preamble) ? body.Span[Encoding.UTF8.Preamble.Length..] : body.Span);
        }
        catch (FlowError)
        {
            return null;
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

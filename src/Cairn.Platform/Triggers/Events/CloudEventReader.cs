using System.Text;
using System.Text.Json;

namespace Cairn.Platform.Triggers.Events;

/// <summary>
/// Reads CloudEvents 1.0 from an HTTP message: binary mode (attributes in `ce-` headers), structured mode, batch. Pure.
/// </summary>
public static class CloudEventReader
{
    /// <summary>Bytes of one event at most: larger ones start nothing (spec/workflows.md 8.5).</summary>
    public const int LargestEvent = 512 * 1024;

    /// <summary>Bytes of a batch at most.</summary>
    public const int LargestBatch = 8 * LargestEvent;

    private const string Structured = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";

    /// <summary>Reads a message.</summary>
    /// <param name="headers">Names in any case.</param>
    /// <param name="body">As it came.</param>
    public static EventOutcome Read(
        IReadOnlyList<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body)
    {
        var type = MediaType(Header(headers, "content-type") ?? "");
        var isBatch = type == Batch;
        if (body.Length > (isBatch ? LargestBatch : LargestEvent))
            return EventOutcome.Wrong(
                $"the message has {body.Length} bytes, at most {(isBatch ? LargestBatch : LargestEvent)} are allowed");
        if (isBatch || type == Structured)
            return ReadJson(body);
        return headers.Any(header => header.Key.StartsWith("ce-", StringComparison.OrdinalIgnoreCase))
            ? ReadBinary(headers, body)
            : EventOutcome.Wrong(
                $"the message is no CloudEvent: neither ce- headers nor the content type {Structured} or {Batch}");
    }

    /// <summary>Reads JSON text: one event, or a list of them.</summary>
    public static EventOutcome ReadJson(ReadOnlyMemory<byte> json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException wrong)
        {
            return EventOutcome.Wrong(
                $"the body is no JSON: line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}");
        }

        using (document)
        {
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? ReadBatch(document.RootElement)
                : EventFields.Read(document.RootElement);
        }
    }

    private static EventOutcome ReadBatch(JsonElement list)
    {
        var events = new List<CloudEvent>();
        var problems = new List<string>();
        foreach (var (index, item) in list.EnumerateArray().Index())
        {
            var read = JsonSize(item) > LargestEvent
                ? EventOutcome.Wrong($"the event has more than {LargestEvent} bytes")
                : EventFields.Read(item);
            events.AddRange(read.Events);
            problems.AddRange(read.Problems.Select(problem => $"event {index + 1} of the batch: {problem}"));
        }

        return new EventOutcome(events, problems);
    }

    private static int JsonSize(JsonElement item) => Encoding.UTF8.GetByteCount(item.GetRawText());

    private static EventOutcome ReadBinary(
        IReadOnlyList<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in headers)
                if (name.StartsWith("ce-", StringComparison.OrdinalIgnoreCase))
                    json.WriteString(name[3..].ToLowerInvariant(), Decoded(value));
            if (Header(headers, "content-type") is { } type)
                json.WriteString("datacontenttype", type);
            if (WriteData(json, MediaType(Header(headers, "content-type") ?? ""), body) is { } wrong)
                return EventOutcome.Wrong(wrong);
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.ToArray());
        return EventFields.Read(document.RootElement);
    }

    private static string? WriteData(Utf8JsonWriter json, string type, ReadOnlyMemory<byte> body)
    {
        if (body.Length == 0)
            return null;
        if (type is "application/json" or "text/json" || type.EndsWith("+json", StringComparison.Ordinal))
        {
            try
            {
                using var data = JsonDocument.Parse(body);
                json.WritePropertyName("data");
                data.RootElement.WriteTo(json);
                return null;
            }
            catch (JsonException)
            {
                return $"the body is no JSON, and its content type is {type}";
            }
        }

        try
        {
            if (type.StartsWith("text/", StringComparison.Ordinal))
                json.WriteString("data", new UTF8Encoding(false, true).GetString(body.Span));
            else
                json.WriteBase64String("data_base64", body.Span);
            return null;
        }
        catch (DecoderFallbackException)
        {
            return $"the body is no UTF-8 text, and its content type is {type}";
        }
    }

    // Header values are percent-encoded UTF-8 (HTTP binding 3.1.3.2).
    private static string Decoded(string value) => Uri.UnescapeDataString(value);

    private static string? Header(IReadOnlyList<KeyValuePair<string, string>> headers, string name) => headers
        .Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(header => header.Value).FirstOrDefault();

    private static string MediaType(string contentType) => contentType.Split(';')[0].Trim().ToLowerInvariant();
}

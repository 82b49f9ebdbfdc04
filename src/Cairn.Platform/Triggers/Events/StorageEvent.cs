using System.Globalization;
using System.Text.Json;

namespace Cairn.Platform.Triggers.Events;

/// <summary>That an object is complete, as Google's storage tells it (spec/workflows.md 8.6).</summary>
/// <param name="Bucket">The bucket's name, without a scheme.</param>
/// <param name="Name">The object's.</param>
/// <param name="Generation">0 when the event has none.</param>
public sealed record StorageEvent(string Bucket, string Name, long Generation)
{
    /// <summary>The type of such events.</summary>
    public const string Finalized = "google.cloud.storage.object.v1.finalized";

    /// <summary>Reads the payload of an event; null with the reason when it is none.</summary>
    public static StorageEvent? Read(CloudEvent happened, out string problem)
    {
        problem = "";
        if (happened.Data is not { ValueKind: JsonValueKind.Object } data)
            problem = "invalid_event_payload: data is missing";
        else if (Text(data, "bucket") is not { Length: > 0 } bucket)
            problem = "invalid_event_payload: data.bucket is missing";
        else if (Text(data, "name") is not { Length: > 0 } name)
            problem = "invalid_event_payload: data.name is missing";
        else if (!long.TryParse(
            Text(data, "generation") ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var generation))
            problem = "invalid_event_payload: data.generation is no number";
        else
            return new StorageEvent(bucket, name, generation);
        return null;
    }

    /// <summary>The event of an object of ours.</summary>
    /// <param name="size">Bytes.</param>
    /// <param name="at">When it was complete.</param>
    public CloudEvent ToEvent(long size, DateTimeOffset at)
    {
        var time = at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("kind", "storage#object");
            json.WriteString("id", $"{Bucket}/{Name}/{Generation}");
            json.WriteString("name", Name);
            json.WriteString("bucket", Bucket);
            json.WriteString("generation", Generation.ToString(CultureInfo.InvariantCulture));
            json.WriteString("metageneration", "1");
            json.WriteString("timeCreated", time);
            json.WriteString("updated", time);
            json.WriteString("size", size.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        using var data = JsonDocument.Parse(buffer.ToArray());
        using var bucket = JsonDocument.Parse($"\"{JsonEncodedText.Encode(Bucket)}\"");
        return new CloudEvent(
            $"{Bucket}/{Name}/{Generation}", $"//storage.googleapis.com/projects/_/buckets/{Bucket}", Finalized)
        {
            Subject = $"objects/{Name}",
            Time = time,
            DataContentType = "application/json",
            Extensions = [KeyValuePair.Create("bucket", bucket.RootElement.Clone())],
            Data = data.RootElement.Clone(),
        };
    }

    private static string? Text(JsonElement data, string name) => data.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;
}

using System.Text.Json;

namespace Cairn.Platform.Triggers.Events;

/// <summary>An event in the form of CloudEvents 1.0.</summary>
/// <param name="Id">Unique within the source.</param>
/// <param name="Source">Who tells.</param>
/// <param name="Type">What happened.</param>
public sealed record CloudEvent(string Id, string Source, string Type)
{
    /// <summary>What it happened to, or null.</summary>
    public string? Subject { get; init; }

    /// <summary>When, as it was written (RFC 3339), or null.</summary>
    public string? Time { get; init; }

    /// <summary>The content type of <see cref="Data"/>, or null.</summary>
    public string? DataContentType { get; init; }

    /// <summary>The schema of <see cref="Data"/>, or null.</summary>
    public string? DataSchema { get; init; }

    /// <summary>Other attributes, in the order they came; values are texts, numbers or flags.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Extensions { get; init; } = [];

    /// <summary>The payload as JSON, or null; bytes that are no text stand in <see cref="DataBase64"/>.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>The payload as base64 where it is no text, or null.</summary>
    public string? DataBase64 { get; init; }

    /// <summary>An attribute by its name, `type` and extensions alike, as text; null when it is not there.</summary>
    public string? Attribute(string name) => name switch
    {
        "id" => Id,
        "source" => Source,
        "type" => Type,
        "subject" => Subject,
        "time" => Time,
        _ => Extensions.Where(extension => extension.Key == name)
            .Select(extension => extension.Value.ToString()).FirstOrDefault(),
    };

    /// <summary>The event in JSON format, as flows get it (spec/workflows.md 8.5).</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteMembers(json);
        json.WriteEndObject();
    }

    /// <summary>The members alone, into an object that has begun.</summary>
    internal void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("specversion", "1.0");
        json.WriteString("id", Id);
        json.WriteString("source", Source);
        json.WriteString("type", Type);
        Optional(json, "subject", Subject);
        Optional(json, "time", Time);
        Optional(json, "datacontenttype", DataContentType);
        Optional(json, "dataschema", DataSchema);
        foreach (var (name, value) in Extensions)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        Optional(json, "data_base64", DataBase64);
        if (Data is not { } data)
            return;
        json.WritePropertyName("data");
        data.WriteTo(json);
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }
}

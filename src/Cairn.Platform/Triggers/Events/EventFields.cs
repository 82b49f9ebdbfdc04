using System.Globalization;
using System.Text.Json;

namespace Cairn.Platform.Triggers.Events;

/// <summary>The attributes of one event in JSON format, checked.</summary>
internal static class EventFields
{
    private static readonly string[] s_known =
    [
        "specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema", "data",
        "data_base64",
    ];

    /// <summary>Reads an event; all that is wrong with it is said.</summary>
    internal static EventOutcome Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return EventOutcome.Wrong("an event is a JSON object");
        var problems = new List<string>();
        var id = Required(json, "id", problems);
        var source = Required(json, "source", problems);
        var type = Required(json, "type", problems);
        if (Required(json, "specversion", problems) is { Length: > 0 } version and not "1.0")
            problems.Add($"specversion is {version}, 1.0 is read");
        var time = Optional(json, "time", problems);
        if (time is not null && !DateTimeOffset.TryParse(
            time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            problems.Add($"time is \"{time}\", a time such as 2026-01-31T12:00:00Z is expected");
        var extensions = Extensions(json, problems);
        if (json.TryGetProperty("data", out _) && json.TryGetProperty("data_base64", out _))
            problems.Add("data and data_base64 stand side by side: one of them is expected");
        var subject = Optional(json, "subject", problems);
        var contentType = Optional(json, "datacontenttype", problems);
        var schema = Optional(json, "dataschema", problems);
        var base64 = Optional(json, "data_base64", problems);
        return problems.Count > 0 ? new EventOutcome([], problems) : new EventOutcome([new CloudEvent(id, source, type)
        {
            Subject = subject,
            Time = time,
            DataContentType = contentType,
            DataSchema = schema,
            Extensions = extensions,
            Data = json.TryGetProperty("data", out var data) ? data.Clone() : null,
            DataBase64 = base64,
        }], []);
    }

    private static List<KeyValuePair<string, JsonElement>> Extensions(JsonElement json, List<string> problems)
    {
        var found = new List<KeyValuePair<string, JsonElement>>();
        foreach (var member in json.EnumerateObject().Where(member => !s_known.Contains(member.Name)))
        {
            if (member.Name.Length == 0 || !member.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)))
                problems.Add($"attribute \"{member.Name}\": a name has small letters and digits only");
            else if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                problems.Add($"attribute {member.Name} is no text, number or flag");
            else if (member.Value.ValueKind != JsonValueKind.Null)
                found.Add(KeyValuePair.Create(member.Name, member.Value.Clone()));
        }

        return found;
    }

    private static string Required(JsonElement json, string name, List<string> problems)
    {
        var before = problems.Count;
        var value = Optional(json, name, problems);
        if (string.IsNullOrEmpty(value) && problems.Count == before)
            problems.Add($"{name} is missing");
        return value ?? "";
    }

    private static string? Optional(JsonElement json, string name, List<string> problems)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString();
        problems.Add($"{name} is no text");
        return null;
    }
}

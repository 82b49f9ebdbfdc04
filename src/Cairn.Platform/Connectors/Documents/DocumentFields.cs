using System.Globalization;
using System.Text.Json.Nodes;
using Cairn.Platform.Connectors.Calls;

namespace Cairn.Platform.Connectors.Documents;

/// <summary>The typed fields of documents: `{"name": {"stringValue": "x"}}`.</summary>
internal static class DocumentFields
{
    private static readonly string[] s_kinds =
    [
        "nullValue", "booleanValue", "integerValue", "doubleValue", "timestampValue", "stringValue", "bytesValue",
        "referenceValue", "geoPointValue", "arrayValue", "mapValue",
    ];

    /// <summary>The checked fields of a document's body.</summary>
    public static JsonObject Of(JsonObject body)
    {
        if (body["fields"] is null)
            return [];
        var fields = body["fields"] as JsonObject ?? throw CallFault.Bad("fields should be a map");
        foreach (var (name, value) in fields)
            Check(value, name);
        return (JsonObject)fields.DeepClone();
    }

    /// <summary>The old fields with those of the mask taken from the new ones; what is missing there goes.</summary>
    public static JsonObject Merge(JsonObject old, JsonObject given, IReadOnlyList<string> mask)
    {
        var merged = (JsonObject)old.DeepClone();
        foreach (var path in mask)
            Set(merged, path.Split('.'), At(given, path.Split('.'))?.DeepClone());
        return merged;
    }

    /// <summary>The value at a path of field names, or null.</summary>
    public static JsonNode? At(JsonObject fields, string[] path)
    {
        JsonNode? value = fields[path[0]];
        foreach (var name in path[1..])
            value = value?["mapValue"]?["fields"]?[name];
        return value;
    }

    /// <summary>A value in the order of the service: null, booleans, numbers, times, texts; and what it is.</summary>
    public static (int Rank, double Number, string Text) Key(JsonNode? value)
    {
        if (value is not JsonObject typed || typed.Count == 0)
            return (-1, 0, "");
        var (kind, content) = typed.First();
        return kind switch
        {
            "nullValue" => (0, 0, ""),
            "booleanValue" => (1, (bool?)content == true ? 1 : 0, ""),
            "integerValue" or "doubleValue" => (2, Number(content), ""),
            "timestampValue" => (3, 0, content?.ToString() ?? ""),
            "stringValue" => (4, 0, content?.ToString() ?? ""),
            "bytesValue" => (5, 0, content?.ToString() ?? ""),
            "referenceValue" => (6, 0, content?.ToString() ?? ""),
            _ => (7 + Array.IndexOf(s_kinds, kind), 0, content?.ToJsonString() ?? ""),
        };
    }

    /// <summary>The order of two values.</summary>
    public static int Compare(JsonNode? left, JsonNode? right)
    {
        var (one, other) = (Key(left), Key(right));
        if (one.Rank != other.Rank)
            return one.Rank.CompareTo(other.Rank);
        return one.Number != other.Number
            ? one.Number.CompareTo(other.Number)
            : string.CompareOrdinal(one.Text, other.Text);
    }

    private static double Number(JsonNode? value) =>
        double.TryParse(value?.ToString(), CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    private static void Check(JsonNode? value, string name)
    {
        if (value is not JsonObject { Count: 1 } typed || !s_kinds.Contains(typed.First().Key))
            throw CallFault.Bad($"field {name} should be a map with one of {string.Join(", ", s_kinds)}");
        var (kind, content) = typed.First();
        switch (kind)
        {
            case "integerValue" when !long.TryParse(content?.ToString(), CultureInfo.InvariantCulture, out _):
                throw CallFault.Bad($"field {name}: integerValue should be a whole number");
            case "integerValue":
                // As the service shows them.
                typed[kind] = content!.ToString();
                break;
            case "mapValue":
                foreach (var (inner, item) in content?["fields"] as JsonObject ?? [])
                    Check(item, $"{name}.{inner}");
                break;
            case "arrayValue":
                foreach (var item in content?["values"] as JsonArray ?? [])
                    Check(item, $"{name}[]");
                break;
        }
    }

    private static void Set(JsonObject fields, string[] path, JsonNode? value)
    {
        if (path.Length == 1)
        {
            if (value is null)
                fields.Remove(path[0]);
            else
                fields[path[0]] = value;
            return;
        }

        if (fields[path[0]]?["mapValue"]?["fields"] is not JsonObject inner)
        {
            if (value is null)
                return;
            inner = [];
            fields[path[0]] = new JsonObject { ["mapValue"] = new JsonObject { ["fields"] = inner } };
        }

        Set(inner, path[1..], value);
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.Platform.Connectors.Calls;

/// <summary>
/// The arguments of a call, in the engine's coding. A null one counts as not given (spec/workflows.md 6.4). What is of
/// the wrong type or value is a <see cref="CallFault"/> that names it.
/// </summary>
/// <param name="map">The map of arguments; undefined: none.</param>
/// <param name="lenient">Whether the flow runs under the tolerant rules (9.1): bytes then count as text.</param>
internal sealed class CallArguments(JsonElement map, bool lenient)
{
    /// <summary>Whether the flow runs under the tolerant rules.</summary>
    public bool Lenient { get; } = lenient;

    /// <summary>The value of an argument, or null when it is not given.</summary>
    public JsonElement? Raw(string name) =>
        map.ValueKind == JsonValueKind.Object && map.TryGetProperty(name, out var value)
        && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;

    /// <summary>A text, or null when it is not given; whole numbers are written out.</summary>
    public string? Text(string name) => Raw(name) is { } value ? TextOf(value, name) : null;

    /// <summary>A text that must be given and not be empty.</summary>
    public string Required(string name) => Text(name) switch
    {
        null => throw CallFault.Type($"argument {name} is missing"),
        "" => throw CallFault.Value($"argument {name} is empty"),
        var text => text,
    };

    /// <summary>The first of these arguments that is given, as a text; the first is the name in messages.</summary>
    public string AnyOf(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (Text(name) is { } text)
                return text;
        return Required(names[0]);
    }

    /// <summary>A whole number, given as such or as decimal digits; null when it is not given.</summary>
    public long? Whole(string name)
    {
        if (Raw(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number))
            return number;
        if (value.ValueKind is JsonValueKind.String or JsonValueKind.Object)
            return long.TryParse(
                TextOf(value, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
                ? number
                : throw CallFault.Value($"argument {name} should be a whole number, not \"{TextOf(value, name)}\"");
        throw Wrong(name, "a whole number", value);
    }

    /// <summary>True or false; null when it is not given.</summary>
    public bool? Flag(string name) => Raw(name) is not { } value
        ? null
        : value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Wrong(name, "true or false", value),
        };

    /// <summary>A map as plain JSON; an empty one when it is not given.</summary>
    public JsonObject Body(string name = "body") => Raw(name) is not { } value
        ? []
        : CodedJson.Plain(value, Lenient) as JsonObject ?? throw Wrong(name, "a map", value);

    /// <summary>The wrong type was given.</summary>
    public static CallFault Wrong(string name, string wanted, JsonElement came) =>
        CallFault.Type($"argument {name} should be {wanted}, not {Describe(came)}");

    /// <summary>What a value is, in words.</summary>
    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when CodedJson.BytesOf(value) is not null => "bytes",
        JsonValueKind.Object => "a map",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "an integer" : "a double",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };

    private string TextOf(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number when value.TryGetInt64(out _) => value.GetRawText(),
        JsonValueKind.Object when Lenient && CodedJson.BytesOf(value) is { } bytes => CodedJson.TextOf(bytes),
        _ => throw Wrong(name, "a string", value),
    };

    /// <summary>The bytes of an argument: bytes as they are, a string as UTF-8; null when it is neither.</summary>
    public byte[]? Bytes(string name) => Raw(name) is not { } value
        ? null
        : value.ValueKind == JsonValueKind.String
            ? Encoding.UTF8.GetBytes(value.GetString()!)
            : CodedJson.BytesOf(value);
}

using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Engine.Secrets;

namespace Cairn.Platform.Connectors.Calls;

/// <summary>
/// The coding of a flow's values inside the engine: whole numbers without a fraction, others always with one or an
/// exponent; bytes as `{"$bytes": BASE64}`; marked secrets as <see cref="MarkedJson"/> has them; a real key that starts
/// with `$` has one more.
/// </summary>
internal static class CodedJson
{
    private const string BytesKey = "$bytes";
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    private static readonly JsonWriterOptions s_writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 2000,
    };

    /// <summary>`{"result": VALUE}` for a value in the coding.</summary>
    public static byte[] Result(JsonNode? coded) => Utf8(new JsonObject { ["result"] = coded });

    /// <summary>`{"error": VALUE}` for a value in the coding.</summary>
    public static byte[] Error(JsonNode? coded) => Utf8(new JsonObject { ["error"] = coded });

    /// <summary>Bytes in the coding.</summary>
    public static JsonNode Bytes(ReadOnlySpan<byte> bytes) =>
        new JsonObject { [BytesKey] = Convert.ToBase64String(bytes) };

    /// <summary>A marked secret in the coding.</summary>
    public static JsonNode Secret(SecretVault vault, string name, string value) =>
        JsonNode.Parse(MarkedJson.Mark(vault, name, value))!;

    /// <summary>Plain JSON, from wherever it came, in the coding; a new tree.</summary>
    public static JsonNode? Of(JsonNode? plain)
    {
        switch (plain)
        {
            case null:
                return null;
            case JsonObject map:
                var coded = new JsonObject();
                foreach (var (key, item) in map)
                    coded[key.StartsWith('$') ? "$" + key : key] = Of(item);
                return coded;
            case JsonArray list:
                var items = new JsonArray();
                foreach (var item in list)
                    items.Add(Of(item));
                return items;
            default:
                return plain.GetValueKind() == JsonValueKind.Number
                    ? Number(plain.ToJsonString())
                    : plain.DeepClone();
        }
    }

    /// <summary>The bytes of a coded value, or null when it is not of that kind.</summary>
    public static byte[]? BytesOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(BytesKey, out var text)
        && value.EnumerateObject().Count() == 1 ? text.GetBytesFromBase64() : null;

    /// <summary>The text that bytes are when they are valid UTF-8, else their base64 (rule T13).</summary>
    public static string TextOf(byte[] bytes)
    {
        try
        {
            return s_strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Convert.ToBase64String(bytes);
        }
    }

    /// <summary>
    /// A coded value as plain JSON, as it goes into a request's body. Bytes have no JSON form: a
    /// <see cref="CallFault"/>, or their text where <paramref name="lenient"/>.
    /// </summary>
    public static JsonNode? Plain(JsonElement value, bool lenient)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when BytesOf(value) is { } bytes:
                return lenient
                    ? JsonValue.Create(TextOf(bytes))
                    : throw CallFault.Value("bytes cannot be written as JSON: use base64.encode or text.decode first");
            case JsonValueKind.Object:
                var map = new JsonObject();
                foreach (var property in value.EnumerateObject())
                    map[Uncoded(property.Name)] = Plain(property.Value, lenient);
                return map;
            case JsonValueKind.Array:
                var list = new JsonArray();
                foreach (var item in value.EnumerateArray())
                    list.Add(Plain(item, lenient));
                return list;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            default:
                return JsonValue.Create(value);
        }
    }

    /// <summary>Plain JSON as UTF-8.</summary>
    public static byte[] Utf8(JsonNode? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_writing))
        {
            if (value is null)
                writer.WriteNullValue();
            else
                value.WriteTo(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string Uncoded(string key) => key.StartsWith("$$", StringComparison.Ordinal) ? key[1..] : key;

    // A whole number beyond 64 bits is a double, as wherever the language reads JSON.
    private static JsonNode Number(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return JsonValue.Create(whole);
        if (!text.AsSpan().ContainsAny('.', 'e', 'E'))
            text = Fraction(double.Parse(text, CultureInfo.InvariantCulture));
        using var document = JsonDocument.Parse(text);
        return JsonValue.Create(document.RootElement.Clone())!;
    }

    private static string Fraction(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }
}

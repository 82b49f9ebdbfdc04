using System.Buffers;
using System.Text.Json;

namespace Cairn.Engine.Secrets;

/// <summary>
/// Marked values inside JSON: `{"$secret": NAME, "sealed": BASE64}` stands wherever a secret's value would. The mark
/// travels with the value; only a performer that is about to use it asks for it in clear.
/// </summary>
public static class MarkedJson
{
    private const string NameKey = "$secret";
    private const string SealedKey = "sealed";

    /// <summary>The marked form of a secret's value.</summary>
    public static byte[] Mark(SecretVault vault, string name, string value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString(NameKey, name);
            writer.WriteString(SealedKey, vault.Seal(name, System.Text.Encoding.UTF8.GetBytes(value)));
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>How a marked value is shown to people: `[secret NAME]`.</summary>
    public static string Shown(string name) => $"[secret {name}]";

    /// <summary>The document with every marked value as people may see it.</summary>
    public static byte[] Show(ReadOnlyMemory<byte> json) => Rewrite(json, static (name, _) => Shown(name));

    /// <summary>The document with every marked value in clear; it must go nowhere but to its receiver.</summary>
    public static byte[] Reveal(ReadOnlyMemory<byte> json, SecretVault vault) =>
        Rewrite(json, (name, text) => System.Text.Encoding.UTF8.GetString(vault.Unseal(name, text)));

    private static byte[] Rewrite(ReadOnlyMemory<byte> json, Func<string, string, string> replace)
    {
        using var document = JsonDocument.Parse(json);
        var buffer = new ArrayBufferWriter<byte>(json.Length);
        using (var writer = new Utf8JsonWriter(buffer)) Copy(document.RootElement, writer, replace);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Copy(JsonElement value, Utf8JsonWriter writer, Func<string, string, string> replace)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when IsMarked(value, out var name, out var text):
                writer.WriteStringValue(replace(name, text));
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Copy(property.Value, writer, replace);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Copy(item, writer, replace);
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static bool IsMarked(JsonElement value, out string name, out string text)
    {
        (name, text) = ("", "");
        if (!value.TryGetProperty(NameKey, out var nameValue) || nameValue.ValueKind != JsonValueKind.String)
            return false;
        if (!value.TryGetProperty(SealedKey, out var textValue) || textValue.ValueKind != JsonValueKind.String)
            return false;
        (name, text) = (nameValue.GetString()!, textValue.GetString()!);
        return value.EnumerateObject().Count() == 2;
    }
}

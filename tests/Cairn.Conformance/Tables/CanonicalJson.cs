using System.Globalization;
using System.Text;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Cairn.Conformance.Tables;

/// <summary>
/// JSON text that two equal values share: keys sorted, no space, integers as digits, doubles with fraction or exponent.
/// </summary>
internal static class CanonicalJson
{
    public static string Of(ReadOnlySpan<byte> json)
    {
        using var document = JsonDocument.Parse(json.ToArray());
        var text = new StringBuilder();
        Write(document.RootElement, text);
        return text.ToString();
    }

    public static string Of(string json) => Of(Encoding.UTF8.GetBytes(json));

    /// <summary>The value that a table's author wrote in YAML, as JSON with the author's order of keys.</summary>
    public static string FromYaml(YamlNode node) => node switch
    {
        YamlScalarNode scalar => FromScalar(scalar),
        YamlSequenceNode list => "[" + string.Join(',', list.Select(FromYaml)) + "]",
        YamlMappingNode map => "{" + string.Join(',', map.Children.Select(
            entry => Quote(((YamlScalarNode)entry.Key).Value ?? "") + ":" + FromYaml(entry.Value))) + "}",
        _ => throw new InvalidOperationException($"{node.Start}: no value"),
    };

    public static string Quote(string text) => JsonSerializer.Serialize(text);

    private static string FromScalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style is not ScalarStyle.Plain) return Quote(text);
        return text switch
        {
            "" or "~" or "null" => "null",
            "true" or "false" => text,
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => text,
            _ when IsNumber(text) => text,
            _ => Quote(text),
        };
    }

    private static bool IsNumber(string text) =>
        (char.IsAsciiDigit(text[0]) || text[0] == '-')
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        && text.All(letter => char.IsAsciiDigit(letter) || "+-.eE".Contains(letter));

    private static void Write(JsonElement value, StringBuilder text)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var entry in value.EnumerateObject().OrderBy(entry => entry.Name, StringComparer.Ordinal))
                {
                    if (text[^1] != '{') text.Append(',');
                    text.Append(Quote(entry.Name)).Append(':');
                    Write(entry.Value, text);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var (index, element) in value.EnumerateArray().Index())
                {
                    if (index > 0) text.Append(',');
                    Write(element, text);
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                text.Append(Quote(value.GetString()!));
                break;
            case JsonValueKind.Number:
                text.Append(Number(value.GetRawText()));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static string Number(string raw)
    {
        if (raw.AsSpan().IndexOfAny(".eE") < 0 && long.TryParse(raw, CultureInfo.InvariantCulture, out _)) return raw;
        var digits = double.Parse(raw, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
        return digits.AsSpan().IndexOfAny(".E") < 0 ? digits + ".0" : digits;
    }
}

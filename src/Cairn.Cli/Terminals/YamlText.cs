using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cairn.Cli.Terminals;

/// <summary>
/// A JSON document as block YAML; a string that could be read as anything else is written as JSON writes it.
/// </summary>
internal static class YamlText
{
    /// <summary>Plain words that a YAML reader may take for something else.</summary>
    private static readonly string[] Reserved = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];

    /// <summary>The document without a final line break.</summary>
    public static string Of(JsonElement document)
    {
        var text = new StringBuilder();
        Write(text, document, 0, onKeyLine: false);
        return text.ToString().TrimStart('\n', ' ').TrimEnd('\n');
    }

    private static void Write(StringBuilder text, JsonElement value, int indent, bool onKeyLine)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.EnumerateObject().Any():
                foreach (var (index, member) in value.EnumerateObject().Index())
                {
                    StartLine(text, indent, inline: index == 0 && !onKeyLine);
                    text.Append(Scalar(member.Name)).Append(':');
                    Write(text, member.Value, indent + 2, onKeyLine: true);
                }

                break;
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    StartLine(text, indent, inline: index == 0 && !onKeyLine);
                    text.Append('-');
                    text.Append(' ');
                    Write(text, item, indent + 2, onKeyLine: false);
                }

                break;
            default:
                text.Append(onKeyLine ? " " : "").Append(Leaf(value));
                break;
        }
    }

    private static void StartLine(StringBuilder text, int indent, bool inline)
    {
        if (!inline)
            text.Append('\n').Append(' ', indent);
    }

    private static string Leaf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Scalar(value.GetString()!),
        JsonValueKind.Object => "{}",
        JsonValueKind.Array => "[]",
        _ => value.GetRawText(),
    };

    private static string Scalar(string text) =>
        IsPlain(text) && !Reserved.Contains(text, StringComparer.OrdinalIgnoreCase)
            ? text
            : $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    /// <summary>Words of letters, digits and `_./@+-`, single blanks between them, a letter first.</summary>
    private static bool IsPlain(string text) =>
        text.Length > 0
        && (char.IsAsciiLetter(text[0]) || text[0] is '_' or '/')
        && text[^1] != ' '
        && !text.Contains("  ")
        && text.All(character => char.IsAsciiLetterOrDigit(character) || "_./@+- ".Contains(character));
}

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cairn.Cli.Terminals;

/// <summary>
/// A JSON document as block YAML; a string that could be read as anything else is written as JSON writes it.
/// </summary>
internal static partial class YamlText
{
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
                    if (item.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                        text.Append(' ');
                    Write(text, item, indent + 2, onKeyLine: item.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array));
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
        Plain().IsMatch(text) && !Reserved().IsMatch(text)
            ? text
            : $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    [GeneratedRegex(@"\A[A-Za-z_/][A-Za-z0-9_./@+-]*( [A-Za-z0-9_./@+-]+)*\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A(y|n|yes|no|on|off|true|false|null)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();
}

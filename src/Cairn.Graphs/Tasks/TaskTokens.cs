using System.Text;

namespace Cairn.Graphs.Tasks;

/// <summary>
/// The run-time tokens of spec/osmo.md 2.5: two braces, optional spaces, key, optional spaces, two braces. An unknown
/// token stays as it is.
/// </summary>
/// <param name="WorkflowId">What `{{workflow_id}}` becomes, or null to leave it.</param>
/// <param name="Output">What `{{output}}` becomes, or null to leave it.</param>
/// <param name="Inputs">Folders by index; `{{input:N}}`.</param>
/// <param name="InputTasks">Upstream task name of each input, or null where it is a URL; `{{input:task}}`.</param>
/// <param name="Hosts">Name of a member to its host name; `{{host:task}}`.</param>
public sealed record TaskTokens(
    string? WorkflowId,
    string? Output,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string?> InputTasks,
    IReadOnlyDictionary<string, string> Hosts)
{
    /// <summary>
    /// The text with every known token replaced, once, left to right; replaced text is not looked at again.
    /// </summary>
    public string Resolve(string text)
    {
        var open = text.IndexOf("{{", StringComparison.Ordinal);
        if (open < 0)
            return text;
        var result = new StringBuilder(text.Length);
        var copied = 0;
        while (open >= 0)
        {
            var close = text.IndexOf("}}", open + 2, StringComparison.Ordinal);
            if (close < 0)
                break;
            var inner = text.LastIndexOf("{{", close - 1, close - open, StringComparison.Ordinal);
            open = inner > open ? inner : open;
            if (Value(text[(open + 2)..close].Trim(' ')) is { } value)
            {
                result.Append(text, copied, open - copied).Append(value);
                copied = close + 2;
            }

            open = text.IndexOf("{{", close + 2, StringComparison.Ordinal);
        }

        return result.Append(text, copied, text.Length - copied).ToString();
    }

    private string? Value(string key) => key switch
    {
        "workflow_id" => WorkflowId,
        "output" => Output,
        _ when key.StartsWith("input:", StringComparison.Ordinal) => Input(key["input:".Length..]),
        _ when key.StartsWith("host:", StringComparison.Ordinal) => Hosts.GetValueOrDefault(key["host:".Length..]),
        _ => null,
    };

    private string? Input(string name)
    {
        if (int.TryParse(name, out var index) && index.ToString() == name)
            return index >= 0 && index < Inputs.Count ? Inputs[index] : null;
        for (var i = 0; i < InputTasks.Count && i < Inputs.Count; i++)
            if (InputTasks[i] == name)
                return Inputs[i];
        return null;
    }
}

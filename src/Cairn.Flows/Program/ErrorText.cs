using System.Text;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>An error that nothing handled, in words (spec/workflows.md 4.6).</summary>
internal static class ErrorText
{
    /// <summary>The message, then one line for each step it went through.</summary>
    public static string Context(Raised raised)
    {
        var text = new StringBuilder(Headline(raised.Error.Value));
        foreach (var (step, place) in raised.Stack)
            text.Append($"\nin step \"{step.Name}\", routine \"{step.Routine}\", line: {place.Line}");
        return text.ToString();
    }

    /// <summary>What was raised, JSON text.</summary>
    public static string Payload(FlowError error) => Encoding.UTF8.GetString(PayloadBytes(error.Value));

    /// <summary>
    /// What was raised, UTF-8 JSON; bytes and functions as people see them, what was made from secrets as their names.
    /// </summary>
    public static byte[] PayloadBytes(FlowValue value)
    {
        if (PublicJson.SecretsIn(value) is not null)
            return Encoding.UTF8.GetBytes(FlowJson.Shown(value));
        try
        {
            return PublicJson.Encode(value, isLenient: true);
        }
        catch (FlowError)
        {
            // A function, or a number that JSON does not have: shown rather than lost.
            return Encoding.UTF8.GetBytes(FlowJson.Shown(value));
        }
    }

    private static string Headline(FlowValue value)
    {
        if (value.Kind == FlowKind.Map)
        {
            var map = value.AsMap();
            if (map.Get("code") is { Kind: FlowKind.Integer } code && HasTag(map, FlowTags.Http))
                return $"HTTP server responded with error code {code.AsInteger()}";
            if (map.Get("message") is { Kind: FlowKind.String } message)
                return $"RuntimeError: {message.AsText()}";
        }

        return $"RuntimeError: {(value.Kind == FlowKind.String ? Shown(value) : FlowJson.Shown(value))}";
    }

    private static string Shown(FlowValue text) => text.Secret is null ? text.AsText() : $"[secret {text.Secret}]";

    private static bool HasTag(FlowMap map, string tag)
    {
        if (map.Get("tags") is not { Kind: FlowKind.List } tags)
            return false;
        foreach (var item in tags.AsList())
            if (item.Kind == FlowKind.String && item.AsText() == tag)
                return true;
        return false;
    }
}

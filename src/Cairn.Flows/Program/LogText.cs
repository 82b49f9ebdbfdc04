using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>Values in log lines: texts as they are, the rest as plain JSON, secrets as `[secret NAME]`.</summary>
internal static class LogText
{
    /// <summary>A value as text.</summary>
    public static string Of(FlowValue value) => value.Kind switch
    {
        FlowKind.String when value.Secret is null => value.AsText(),
        FlowKind.String => $"[secret {value.Secret}]",
        _ => Json(value),
    };

    /// <summary>A value as JSON.</summary>
    public static string Json(FlowValue value) => PublicJson.SecretsIn(value) is null
        ? System.Text.Encoding.UTF8.GetString(ErrorText.PayloadBytes(value))
        : FlowJson.Shown(value);
}

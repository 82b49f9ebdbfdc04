using Cairn.Flows.Library;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>What can be said of a call's arguments before anybody is asked (spec/workflows.md 3, 3.4).</summary>
internal static class CallChecks
{
    private static readonly string[] _callbackMethods =
        ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"];

    /// <summary>Raises a TypeError for an argument of the wrong kind, a ValueError for a method that is none.</summary>
    public static void Check(CallSignature signature, FlowMap given, bool isLenient)
    {
        foreach (var parameter in signature.Parameters)
            if (parameter.Kinds.Count > 0 && given.TryGet(parameter.Name, out var value)
                && (parameter.IsRequired || !value.IsNull) && !parameter.Kinds.Contains(value.Kind)
                && !(isLenient && IsTolerable(parameter, value)))
                throw FlowError.Type(
                    $"{signature.Name}: '{parameter.Name}' is {Words.Of(parameter.Kinds)}, found {Words.Of(value)}");
        if (signature.Effect == EffectKind.Callback && given.TryGet("http_callback_method", out var method)
            && !method.IsNull && Array.IndexOf(_callbackMethods, method.AsText()) < 0)
            throw FlowError.OfValue(
                $"{signature.Name}: 'http_callback_method' is one of {string.Join(", ", _callbackMethods)}, found "
                + $"\"{method.AsText()}\"");
    }

    /// <summary>Bytes count as text (T13), texts may be durations (T26), null is what is not given (T24).</summary>
    private static bool IsTolerable(CallParameter parameter, FlowValue value) => value.Kind switch
    {
        FlowKind.Bytes => parameter.Kinds.Contains(FlowKind.String),
        FlowKind.String => parameter.Kinds.Contains(FlowKind.Double) || parameter.Kinds.Contains(FlowKind.Bytes),
        FlowKind.Null => true,
        _ => false,
    };
}

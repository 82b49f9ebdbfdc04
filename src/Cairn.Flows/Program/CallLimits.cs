using Cairn.Flows.Library;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>Time limits of calls (spec/workflows.md 5.1, 6.1), and what decides how a request recovers.</summary>
internal static class CallLimits
{
    private const double HttpSeconds = 1800;
    private const double ConnectorSeconds = 31_536_000;

    /// <summary>The seconds that a call may take; null: as long as it wants.</summary>
    public static double? TimeoutOf(CallSignature signature, FlowMap arguments, bool isLenient)
    {
        if (signature.IsConnector)
            return ConnectorTimeout(signature, arguments.Get("connector_params"), isLenient);
        if (signature.Find("timeout") is null)
            return null;
        var isHttp = signature.Name.StartsWith("http.", StringComparison.Ordinal);
        var timeout = arguments.Get("timeout");
        if (timeout.IsNull)
            return isHttp ? HttpSeconds : null;
        return Checked(signature, timeout, isHttp ? HttpSeconds : ConnectorSeconds, "'timeout'", isLenient);
    }

    /// <summary>Whether a request with this method changes nothing.</summary>
    public static bool IsRead(FlowValue method) =>
        method.Kind == FlowKind.String && method.AsText() is "GET" or "HEAD" or "OPTIONS";

    private static double? ConnectorTimeout(CallSignature signature, FlowValue terms, bool isLenient)
    {
        if (terms.IsNull)
            return HttpSeconds;
        if (terms.Kind != FlowKind.Map)
            throw FlowError.Type($"{signature.Name}: 'connector_params' is a map, found {Words.Of(terms)}");
        var timeout = terms.AsMap().Get("timeout");
        return timeout.IsNull
            ? HttpSeconds
            : Checked(signature, timeout, ConnectorSeconds, "'connector_params.timeout'", isLenient);
    }

    private static double Checked(
        CallSignature signature, FlowValue value, double most, string what, bool isLenient)
    {
        var seconds = Durations.Seconds(value, $"{signature.Name}: {what}", isLenient);
        return seconds >= 0 && seconds <= most
            ? seconds
            : throw FlowError.OfValue($"{signature.Name}: {what} is from 0 to {most} seconds, found {seconds}");
    }
}

using System.Buffers;
using System.Globalization;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>Seconds as flows write them: numbers, and under leniency `"2s"`, `"1 second"`, `"500ms"` (T26).</summary>
internal static class Durations
{
    private static readonly SearchValues<char> s_ofNumbers = SearchValues.Create("0123456789.+-eE");

    /// <summary>The seconds; <paramref name="what"/> names the value in the error.</summary>
    public static double Seconds(FlowValue value, string what, bool isLenient)
    {
        if (value.Kind is FlowKind.Integer or FlowKind.Double)
            return value.AsDouble();
        if (value.Kind != FlowKind.String)
            throw FlowError.Type($"{what} is a number of seconds, found {Words.Of(value)}");
        if (!isLenient)
            throw FlowError.Type(
                $"{what} is a number of seconds, found a string; --lenient reads durations such as \"2s\" (T26)");
        return Parse(value.AsText()) ?? throw FlowError.OfValue(
            $"{what} is a duration such as 2, \"2s\", \"1 second\" or \"500ms\", found \"{value.AsText()}\"");
    }

    private static double? Parse(string text)
    {
        var trimmed = text.AsSpan().Trim();
        var digits = trimmed.IndexOfAnyExcept(s_ofNumbers);
        var number = digits < 0 ? trimmed : trimmed[..digits];
        var unit = digits < 0 ? default : trimmed[digits..].Trim();
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount))
            return null;
        var seconds = unit switch
        {
            "" or "s" or "sec" or "secs" or "second" or "seconds" => 1,
            "ms" or "millisecond" or "milliseconds" => 0.001,
            "m" or "min" or "mins" or "minute" or "minutes" => 60,
            "h" or "hour" or "hours" => 3600,
            "d" or "day" or "days" => 86400,
            _ => 0,
        };
        return seconds == 0 ? null : amount * seconds;
    }
}

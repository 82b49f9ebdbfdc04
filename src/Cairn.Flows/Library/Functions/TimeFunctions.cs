using System.Globalization;
using Cairn.Flows.Values;
using static Cairn.Flows.Library.Signatures;

namespace Cairn.Flows.Library.Functions;

/// <summary>`time.*` (spec/workflows.md 3.1). Time zones are those of the machine's tz database.</summary>
internal static class TimeFunctions
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    // Years 1 to 9999.
    private const double FirstSecond = -62135596800;
    private const double LastSecond = 253402300799;

    public static PureFunction[] All { get; } =
    [
        Pure(
            "time.format", Marking.Scalars,
            [
                Needs("seconds", FlowKind.Integer, FlowKind.Double),
                May("timezone", FlowValue.Of("UTC"), FlowKind.String),
            ],
            Format),
        Pure("time.parse", Marking.Scalars, [Needs("value", FlowKind.String)], Parse),
    ];

    private static FlowValue Format(scoped in Arguments a)
    {
        var seconds = a.Number(0).AsDouble();
        if (seconds is not (>= FirstSecond and <= LastSecond))
            throw a.Refused($"{NumberText.Of(seconds)} seconds are outside of the years 1 to 9999");
        var whole = Math.Floor(seconds);
        var micros = (long)Math.Round((seconds - whole) * 1_000_000);
        var time = DateTimeOffset.FromUnixTimeSeconds((long)whole).AddTicks(micros * TicksPerMicrosecond);
        var name = a.Text(1);
        if (name is "" or "UTC" or "GMT" or "Etc/UTC" or "Etc/GMT")
            return FlowValue.Of(time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        try
        {
            var local = TimeZoneInfo.ConvertTime(time, Zone(a, name));
            return FlowValue.Of(local.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture));
        }
        catch (ArgumentOutOfRangeException)
        {
            throw a.Refused("the local time is outside of the years 1 to 9999");
        }
    }

    private static TimeZoneInfo Zone(scoped in Arguments a, string name)
    {
        // The database is a folder of files: only names may come near it.
        var isName = name.Length < 64 && name.All(static c => char.IsAsciiLetterOrDigit(c) || "_+-/".Contains(c));
        return isName && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw a.Refused($"{name} is no time zone of the tz database");
    }

    private static FlowValue Parse(scoped in Arguments a)
    {
        var text = a.Text(0);
        return IsoTime.Parse(text) is { } seconds
            ? FlowValue.Of(seconds)
            : throw a.Refused(
                $"{(text.Length > 40 ? text[..40] : text)} is no time such as 2024-07-12T12:50:33Z");
    }
}

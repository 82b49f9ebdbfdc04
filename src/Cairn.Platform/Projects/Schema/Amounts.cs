using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Cairn.Platform.Projects.Schema;

/// <summary>Durations and quantities as graphs write them (spec/osmo.md 1.4 and 1.7); negative ones are refused
/// here.</summary>
internal static partial class Amounts
{
    /// <summary>A number is seconds; a text has one unit, or is ISO 8601 with days and a time.</summary>
    internal static TimeSpan? Duration(YamlNode node)
    {
        var seconds = CoreSchema.Number(node)
            ?? (CoreSchema.Text(node) is { } text ? text.StartsWith('P') ? Iso(text) : OneUnit(text) : null);
        return seconds is >= 0 and var value && value < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(value)
            : null;
    }

    /// <summary>Bytes; units that look decimal are binary, as in the original; none: bytes.</summary>
    internal static long? Bytes(YamlNode node)
    {
        var match = QuantityForm().Match((node as YamlScalarNode)?.Value ?? "");
        double? unit = match.Success ? match.Groups["unit"].Value switch
        {
            "T" or "Ti" or "TiB" => 1L << 40,
            "G" or "Gi" or "GiB" => 1L << 30,
            "M" or "Mi" or "MiB" => 1L << 20,
            "K" or "Ki" or "KiB" => 1L << 10,
            "B" or "" => 1,
            "m" => 0.001,
            _ => null,
        } : null;
        var bytes = unit is null ? null : Part(match, "number") * unit;
        return bytes < long.MaxValue ? (long)bytes : null;
    }

    private static double? OneUnit(string text)
    {
        var match = UnitForm().Match(text);
        return !match.Success ? null : Part(match, "number") * match.Groups["unit"].Value switch
        {
            "d" => 86400,
            "h" => 3600,
            "m" => 60,
            "s" => 1,
            "ms" => 0.001,
            _ => 0.000001,
        };
    }

    private static double? Iso(string text)
    {
        var match = IsoForm().Match(text);
        return match.Success && match.Groups.Values.Skip(1).Any(group => group.Success)
            ? (Part(match, "d") * 86400) + (Part(match, "h") * 3600) + (Part(match, "m") * 60) + Part(match, "s")
            : null;
    }

    private static double Part(Match match, string group) => match.Groups[group].Success
        ? double.Parse(match.Groups[group].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture)
        : 0;

    [GeneratedRegex(@"\A(?<number>[0-9]+) *(?<unit>d|h|ms|us|m|s)\z")]
    private static partial Regex UnitForm();

    [GeneratedRegex(
        @"\AP((?<d>[0-9]+)D)?(T((?<h>[0-9]+)H)?((?<m>[0-9]+)M)?((?<s>[0-9]+(\.[0-9]+)?)S)?)?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex IsoForm();

    [GeneratedRegex(@"\A(?<number>[0-9]+(\.[0-9]+)?)(?<unit>[a-zA-Z]*)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex QuantityForm();
}

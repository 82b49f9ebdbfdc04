using System.Globalization;
using System.Text.RegularExpressions;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Spec;

/// <summary>Durations of spec/osmo.md 1.4, in seconds.</summary>
public static partial class Duration
{
    /// <summary>Python's timedelta holds no more.</summary>
    private const double LargestSeconds = 86400d * 999_999_999;

    /// <summary>Reads `10m`, `5 m`, `PT1H30M`; a bare number is no duration text. Null for anything else.</summary>
    public static double? Parse(string text)
    {
        var seconds = text.StartsWith('P') ? Iso(text) : Unit(text);
        return seconds is { } value && Math.Abs(value) <= LargestSeconds ? value : null;
    }

    private static double? Unit(string text)
    {
        var match = UnitForm().Match(text);
        if (!match.Success || PythonNumber.Integer(match.Groups[1].Value) is not { } count)
            return null;
        // A division is exact where a product with 0.001 is not.
        return match.Groups[2].Value switch
        {
            "d" => (double)count * 86400,
            "h" => (double)count * 3600,
            "m" => (double)count * 60,
            "s" => (double)count,
            "ms" => (double)count / 1_000,
            _ => (double)count / 1_000_000,
        };
    }

    private static double? Iso(string text)
    {
        var match = IsoForm().Match(text);
        if (!match.Success || match.Groups.Values.Skip(1).All(part => !part.Success))
            return null;
        return Part(match, 1) * 86400 + Part(match, 2) * 3600 + Part(match, 3) * 60 + Part(match, 4);
    }

    private static double Part(Match match, int group) => match.Groups[group].Success
        ? double.Parse(match.Groups[group].Value, NumberStyles.Float, CultureInfo.InvariantCulture)
        : 0;

    [GeneratedRegex(@"\A(.*?)(d|h|ms|us|m|s)\z", RegexOptions.Singleline)]
    private static partial Regex UnitForm();

    [GeneratedRegex(@"\AP(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?\z")]
    private static partial Regex IsoForm();
}

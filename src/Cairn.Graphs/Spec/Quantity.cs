using System.Globalization;
using System.Text.RegularExpressions;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Spec;

/// <summary>Amounts of memory and disk: spec/osmo.md 1.7.</summary>
public static partial class Quantity
{
    /// <summary>
    /// The text as the original stores it: with a unit as written, without one as Ki in Python's float text
    /// (`1024` is `1.0Ki`). Null and a reason when it is no quantity.
    /// </summary>
    public static string? Normalise(string text, out string fault)
    {
        var match = Form().Match(text);
        fault = match.Success ? $"unit: {match.Groups[2].Value}" : $"value {text}";
        if (!match.Success || text.AsSpan().ContainsAny("+-") || UnitBytes(match.Groups[2].Value) is null)
            return null;
        if (match.Groups[2].Length > 0)
            return text;
        var bytes = double.Parse(match.Groups[1].Value, NumberStyles.Float, CultureInfo.InvariantCulture);
        return PythonText.Float(bytes / 1024) + "Ki";
    }

    /// <summary>Bytes of a normalised quantity, at least 0; what does not fit is the largest long.</summary>
    public static long Bytes(string quantity)
    {
        var match = Form().Match(quantity);
        if (!match.Success || UnitBytes(match.Groups[2].Value) is not { } unit)
            throw new FormatException($"{quantity} is no quantity");
        var number = double.Parse(match.Groups[1].Value, NumberStyles.Float, CultureInfo.InvariantCulture);
        var bytes = number * unit;
        return bytes >= long.MaxValue ? long.MaxValue : (long)bytes;
    }

    /// <summary>Decimal-looking units are binary, as in the original: G equals Gi.</summary>
    private static double? UnitBytes(string unit) => unit switch
    {
        "T" or "Ti" or "TiB" => 1L << 40,
        "G" or "Gi" or "GiB" => 1L << 30,
        "M" or "Mi" or "MiB" => 1L << 20,
        "K" or "Ki" or "KiB" => 1L << 10,
        "B" or "" => 1,
        "m" => 0.001,
        _ => null,
    };

    [GeneratedRegex(@"\A([0-9]+(?:\.[0-9]+)?(?:e[+-][0-9]+(?=Ki\z))?)([a-zA-Z]*)\z")]
    private static partial Regex Form();
}

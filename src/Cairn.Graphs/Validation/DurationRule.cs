using System.Numerics;
using Cairn.Graphs.Spec;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Validation;

/// <summary>Durations as YAML gives them (spec/osmo.md 1.4): numbers are seconds, texts have a grammar.</summary>
internal static class DurationRule
{
    private const double LargestSeconds = 86400d * 999_999_999;
    private static readonly BigInteger Largest = new(LargestSeconds);

    /// <summary>Seconds, or null and an error. <paramref name="flags"/>: `true` passes as 1.</summary>
    public static double? Read(string where, YamlNode node, Findings findings, bool flags)
    {
        var value = node is YamlNode.Text { Expression: true } text && Duration.Parse(text.Value) is null
            ? MapReader.Again(node)
            : node;
        var seconds = value switch
        {
            YamlNode.Integer number when BigInteger.Abs(number.Value) < Largest => (double)number.Value,
            YamlNode.Float number when Math.Abs(number.Value) < LargestSeconds => number.Value,
            YamlNode.Bool flag when flags => flag.Value ? 1 : 0,
            YamlNode.Text words => Duration.Parse(words.Value),
            _ => (double?)null,
        };
        if (seconds is null)
            findings.Error(
                node,
                $"Cannot recognize duration: {PythonText.Of(value) ?? NodeWords.Of(value)}. "
                + "Only support ISO 8601 (e.g. PT10S) or xd, xh, xm, xs, xms, xus",
                $"in {where}; a number without quotes is seconds");
        else if (seconds < 0)
            findings.Warn(
                "duration-negative",
                node,
                $"{where}: a duration of {PythonText.Float(seconds.Value)} s has passed before it starts");
        return seconds;
    }
}

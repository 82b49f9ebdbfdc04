using Cairn.Graphs.Spec;
using YamlDotNet.RepresentationModel;

namespace Cairn.Platform.Projects.Schema;

/// <summary>Durations and quantities as graphs write them (spec/osmo.md 1.4 and 1.7); negative ones are refused
/// here.</summary>
internal static class Amounts
{
    /// <summary>A number is seconds; a text has one unit, or is ISO 8601 with days and a time.</summary>
    internal static TimeSpan? Duration(YamlNode node)
    {
        var seconds = CoreSchema.Number(node)
            ?? (CoreSchema.Text(node) is { } text ? Graphs.Spec.Duration.Parse(text) : null);
        return seconds is >= 0 and var value && value < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(value)
            : null;
    }

    /// <summary>Bytes; units that look decimal are binary, as in the original; none: bytes.</summary>
    internal static long? Bytes(YamlNode node) =>
        Quantity.Normalise((node as YamlScalarNode)?.Value ?? "", out _) is { } quantity
        && Quantity.Bytes(quantity) is < long.MaxValue and var bytes
            ? bytes
            : null;
}

using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Cairn.Platform.Projects.Schema;

/// <summary>Scalars of YAML 1.2's core schema: `no` and `on` are texts, `0o17` is 15, quoted is always a
/// text.</summary>
internal static partial class CoreSchema
{
    internal static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Value: null or "" or "~" or "null" or "Null" or "NULL" } scalar && IsPlain(scalar);

    internal static bool? Flag(YamlNode node) => node is YamlScalarNode scalar && IsPlain(scalar)
        ? scalar.Value switch
        {
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            _ => null,
        }
        : null;

    internal static long? Whole(YamlNode node)
    {
        if (node is not YamlScalarNode { Value: { } text } scalar || !IsPlain(scalar))
            return null;
        if (Decimal().IsMatch(text))
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number : null;
        try
        {
            if (Octal().IsMatch(text))
                return Convert.ToInt64(text[2..], 8);
            return Hexadecimal().IsMatch(text) ? Convert.ToInt64(text[2..], 16) : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    internal static double? Number(YamlNode node)
    {
        if (Whole(node) is { } whole)
            return whole;
        return node is YamlScalarNode { Value: { } text } scalar && IsPlain(scalar) && Float().IsMatch(text)
            ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>The text of a scalar that is a text; null for null, flags and numbers.</summary>
    internal static string? Text(YamlNode node) => node is YamlScalarNode { Value: { } text }
        && !IsNull(node) && Flag(node) is null && Number(node) is null ? text : null;

    /// <summary>What a node is, for messages: `the number 12`, `a list`.</summary>
    internal static string Describe(YamlNode node) => node switch
    {
        YamlMappingNode => "a map",
        YamlSequenceNode => "a list",
        YamlScalarNode when IsNull(node) => "nothing",
        YamlScalarNode scalar when Flag(node) is not null => $"the flag {scalar.Value}",
        YamlScalarNode scalar when Number(node) is not null => $"the number {scalar.Value}",
        YamlScalarNode { Value: { } text } => $"\"{(text.Length > 60 ? text[..60] + "…" : text)}\"",
        _ => "nothing",
    };

    private static bool IsPlain(YamlScalarNode scalar) => scalar.Style is ScalarStyle.Plain or ScalarStyle.Any;

    [GeneratedRegex(@"\A[-+]?[0-9]+\z")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"\A0o[0-7]+\z")]
    private static partial Regex Octal();

    [GeneratedRegex(@"\A0x[0-9a-fA-F]+\z")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Float();
}

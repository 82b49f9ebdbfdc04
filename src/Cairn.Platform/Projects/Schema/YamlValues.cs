using YamlDotNet.RepresentationModel;

namespace Cairn.Platform.Projects.Schema;

/// <summary>Values of maps that have been checked.</summary>
internal static class YamlValues
{
    /// <summary>The value of a key, or null.</summary>
    internal static YamlNode? Value(this YamlMappingNode map, string key) =>
        map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    internal static string? Text(this YamlMappingNode map, string key) =>
        map.Value(key) is { } node ? CoreSchema.Text(node) : null;

    internal static int? Whole(this YamlMappingNode map, string key) =>
        map.Value(key) is { } node && CoreSchema.Whole(node) is { } number ? (int)Math.Min(number, int.MaxValue) : null;

    internal static long? Bytes(this YamlMappingNode map, string key) =>
        map.Value(key) is { } node ? Amounts.Bytes(node) : null;

    internal static TimeSpan? Duration(this YamlMappingNode map, string key) =>
        map.Value(key) is { } node ? Amounts.Duration(node) : null;

    internal static bool? Flag(this YamlMappingNode map, string key) =>
        map.Value(key) is { } node ? CoreSchema.Flag(node) : null;

    internal static IReadOnlyList<string> Texts(this YamlMappingNode map, string key) =>
        map.Value(key) is YamlSequenceNode list ? [.. list.Children.Select(item => CoreSchema.Text(item)!)] : [];

    internal static IReadOnlyList<string> Words(this YamlMappingNode map, string key) =>
        map.Value(key) is YamlSequenceNode list
            ? [.. list.Children.Select(item => ((YamlScalarNode)item).Value ?? "")]
            : [];

    internal static IReadOnlyList<KeyValuePair<string, string>> Variables(this YamlMappingNode map, string key) =>
        map.Value(key) is YamlMappingNode variables
            ? [.. variables.Children.Select(pair => KeyValuePair.Create(
                ((YamlScalarNode)pair.Key).Value ?? "", ((YamlScalarNode)pair.Value).Value ?? ""))]
            : [];
}

using Cairn.Platform.Projects.Schema;
using Cairn.Platform.Triggers;
using Cairn.Platform.Triggers.Patterns;
using YamlDotNet.RepresentationModel;

namespace Cairn.Platform.Projects;

/// <summary>One entry of `triggers:`, for messages with a place.</summary>
internal sealed record TriggerEntry(ProjectFiles Files, string File, string Path, YamlMappingNode Map)
{
    internal void Report(string? key, string message, string? hint) => Files.Report(
        File, (key is null ? null : Map.Value(key)) ?? Map, $"{Path}: {message}", hint);

    internal T? Report<T>(string? key, string message, string? hint)
        where T : class
    {
        Report(key, message, hint);
        return null;
    }

    internal T? Read<T>(string key, Func<string, T> read)
        where T : class => Map.Value(key) is { } node ? Read(node, key, read) : null;

    internal IReadOnlyList<T> ReadAll<T>(string key, Func<string, T> read)
        where T : class => Map.Value(key) is YamlSequenceNode list
            ? [.. list.Children.Select(node => Read(node, key, read)).OfType<T>()]
            : [];

    internal ArgumentTemplate? Arguments(string key) =>
        Map.Value(key) is YamlMappingNode map ? Template(map, key) : null;

    internal IReadOnlyList<KeyValuePair<string, TextTemplate>> Labels() =>
        [.. Map.Variables("labels").Select(label => (label.Key, Value: Text(Map, "labels", label.Value)))
            .Where(label => label.Value is not null)
            .Select(label => KeyValuePair.Create(label.Key, label.Value!))];

    private ArgumentTemplate Template(YamlMappingNode map, string key) => new(
        [.. map.Children.Select(pair => KeyValuePair.Create(
            ((YamlScalarNode)pair.Key).Value ?? "", Value(pair.Value, key)))]);

    private ArgumentValue Value(YamlNode node, string key) => node switch
    {
        YamlMappingNode map => new ArgumentValue.Map(Template(map, key)),
        YamlSequenceNode list => new ArgumentValue.List([.. list.Children.Select(item => Value(item, key))]),
        _ when CoreSchema.IsNull(node) => new ArgumentValue.Nothing(),
        _ when CoreSchema.Flag(node) is { } flag => new ArgumentValue.Flag(flag),
        _ when CoreSchema.Whole(node) is { } whole => new ArgumentValue.Whole(whole),
        _ when CoreSchema.Number(node) is { } number => new ArgumentValue.Number(number),
        _ => new ArgumentValue.Text(
            Text(node, key, ((YamlScalarNode)node).Value ?? "") ?? TextTemplate.Parse("")),
    };

    private TextTemplate? Text(YamlNode node, string key, string text)
    {
        try
        {
            return TextTemplate.Parse(text);
        }
        catch (PatternException wrong)
        {
            Files.Report(File, node, $"{Path}.{key} {wrong.Message}");
            return null;
        }
    }

    private T? Read<T>(YamlNode node, string key, Func<string, T> read)
        where T : class
    {
        try
        {
            return read(CoreSchema.Text(node) ?? "");
        }
        catch (PatternException wrong)
        {
            Files.Report(File, node, $"{Path}.{key} {wrong.Message}");
            return null;
        }
    }
}

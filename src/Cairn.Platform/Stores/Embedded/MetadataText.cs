using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cairn.Platform.Stores.Embedded;

/// <summary>Metadata as text: one JSON object, sorted by name.</summary>
[JsonSerializable(typeof(SortedDictionary<string, string>))]
internal sealed partial class MetadataText : JsonSerializerContext
{
    internal static string Write(IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        if (metadata.Count == 0)
            return "{}";
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in metadata)
            sorted[name] = value;
        return JsonSerializer.Serialize(sorted, Default.SortedDictionaryStringString);
    }

    internal static IReadOnlyList<KeyValuePair<string, string>> Read(string text) =>
        text == "{}" ? [] : [.. JsonSerializer.Deserialize(text, Default.SortedDictionaryStringString) ?? []];
}

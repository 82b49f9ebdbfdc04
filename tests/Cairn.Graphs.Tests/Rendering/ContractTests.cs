using System.Text.Json.Nodes;
using Cairn.Graphs.Rendering;

namespace Cairn.Graphs.Tests.Rendering;

public sealed class ContractTests
{
    public static TheoryData<string> Vectors() => new(
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Vectors"), "*.json")
            .Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_graph_renders_to_the_document_of_its_vector(string vector)
    {
        var given = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", vector)))!;
        var files = (given["files"] as JsonObject)?.ToDictionary(pair => pair.Key, pair => (string)pair.Value!) ?? [];
        var values = new GraphValues
        {
            Set = Items(given["set"]),
            SetString = Items(given["set_string"]),
            SetEnv = Items(given["set_env"]),
        };

        var answer = JsonNode.Parse(Graphs.Render((string)given["spec"]!, values, files: files).Json())!;

        var expect = given["expect"]!;
        if ((bool)expect["valid"]!)
            Assert.True(
                JsonNode.DeepEquals(Pruned(expect["rendered"]!), Pruned(answer["spec"] ?? answer)),
                $"expected {expect["rendered"]}\nbut got {answer}");
        else
            Assert.All(Items(expect["error_mentions"]), word =>
                Assert.Contains(word, string.Join('\n', answer["errors"]!.AsArray().Select(error => error!["message"])),
                    StringComparison.OrdinalIgnoreCase));
    }

    private static List<string> Items(JsonNode? node) =>
        node is JsonArray array ? array.Select(item => (string)item!).ToList() : [];

    /// <summary>The contract lets null, empty and default values be left out.</summary>
    private static JsonNode? Pruned(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                var kept = map.Select(pair => (pair.Key, Value: Pruned(pair.Value)))
                    .Where(pair => pair.Value is not null && !IsDefault(pair.Key, pair.Value));
                var pruned = new JsonObject();
                foreach (var (key, value) in kept)
                    pruned[key] = value;
                return pruned.Count == 0 ? null : pruned;
            case JsonArray list:
                return list.Count == 0 ? null : new JsonArray([.. list.Select(Pruned)]);
            default:
                return node is JsonValue text && text.TryGetValue<string>(out var word) && word.Length == 0
                    ? null
                    : node?.DeepClone();
        }
    }

    private static bool IsDefault(string key, JsonNode value) => (key, value.ToJsonString()) switch
    {
        ("resource", "\"default\"") or ("barrier" or "ignoreNonleadStatus", "true") => true,
        (not "barrier" and not "ignoreNonleadStatus", "false") => true,
        _ => false,
    };
}

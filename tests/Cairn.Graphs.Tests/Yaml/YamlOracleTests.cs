using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Tests.Yaml;

/// <summary>What PyYAML's safe loader makes of a text, against what ours makes of it.</summary>
public sealed class YamlOracleTests
{
    private const string Script = """
        import sys, json, yaml, datetime, base64
        def show(v):
            if isinstance(v, dict): return ["map", [[show(k), show(x)] for k, x in v.items()]]
            if isinstance(v, set): v = [k for k in sorted(v, key=str)]
            if isinstance(v, tuple): v = list(v)
            if isinstance(v, list): return ["list", [show(x) for x in v]]
            if isinstance(v, bytes): return ["bytes", base64.b64encode(v).decode()]
            if isinstance(v, str): return ["str", v]
            return [type(v).__name__, str(v)]
        out = []
        for text in json.load(sys.stdin):
            try: out.append(show(yaml.safe_load(text)))
            except Exception as e: out.append(["error"])
        json.dump(out, sys.stdout)
        """;

    [Fact]
    public void Plain_scalars_are_read_as_the_original_reads_them()
    {
        var random = new Random(20_261_121);
        var texts = Scalars.Fixed.Concat(Enumerable.Range(0, 20_000).Select(_ => Scalars.Any(random))).ToList();

        Compare(texts);
    }

    [Fact]
    public void Documents_are_read_as_the_original_reads_them()
    {
        var random = new Random(7);
        var generated = Enumerable.Range(0, 3_000).Select(_ => Documents.Any(random, 0, 4));
        var texts = Documents.Fixed.Concat(generated).ToList();

        Compare(texts);
    }

    private static void Compare(List<string> texts)
    {
        var expected = PythonOracle.Ask(Script, texts);
        var differences = new List<string>();
        for (var i = 0; i < texts.Count; i++)
        {
            var ours = Show(YamlReader.Read(texts[i]));
            // What the original refuses we may read: a graph that ran there runs here, not the other way round.
            if (!JsonNode.DeepEquals(expected[i], ours) && (string)expected[i]![0]! != "error")
                differences.Add(
                    $"{JsonSerializer.Serialize(texts[i])}\n  original {expected[i]!.ToJsonString()}\n"
                    + $"  ours     {ours.ToJsonString()}");
        }

        Assert.True(
            differences.Count == 0, $"{differences.Count} differ:\n{string.Join('\n', differences.Take(20))}");
    }

    private static JsonArray Show(YamlReading reading) => reading.Node is { } node ? Show(node) : ["error"];

    private static JsonArray Show(YamlNode node) => node switch
    {
        YamlNode.Null => ["NoneType", "None"],
        YamlNode.Bool flag => ["bool", flag.Value ? "True" : "False"],
        YamlNode.Integer number => ["int", number.Value.ToString(CultureInfo.InvariantCulture)],
        YamlNode.Float number => ["float", PythonText.Float(number.Value)],
        YamlNode.Text text => ["str", text.Value],
        YamlNode.Moment moment => [moment.Value.Length == 10 ? "date" : "datetime", moment.Value],
        YamlNode.Bytes bytes => ["bytes", Convert.ToBase64String(bytes.Value)],
        YamlNode.List list => ["list", new JsonArray([.. list.Items.Select(item => (JsonNode)Show(item))])],
        YamlNode.Map map =>
        [
            "map",
            new JsonArray([.. map.Entries.Select(entry =>
                (JsonNode)new JsonArray(Show(entry.Key), Show(entry.Value)))]),
        ],
        _ => throw new UnreachableException(),
    };
}

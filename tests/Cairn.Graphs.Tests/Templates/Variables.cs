using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Tests.Templates;

/// <summary>The variables that the generators' names stand for, as JSON for the original and as values for
/// us.</summary>
internal static class Variables
{
    private const string Text =
        """
        {"n": 7, "m": -3, "big": 123456789012345678901234567890, "f": 2.5, "g": -0.1, "s": "Hello World",
         "t": "a-b_c d-e-f", "u": "\u00e9\ud83d\ude00\u00df", "e": "",
         "html": "<a href='x'>T &amp; U</a> http://x.org", "many": "one two\nthree  four\n\nfive-six",
         "d": {"a": 1, "b": "two", "c": [1, 2]}, "l": [3, 1, 2], "w": ["b", "A", "c", "a"],
         "r": [{"x": 1, "y": "b"}, {"x": 2, "y": "A"}, {"x": 1, "y": "a"}], "nested": [[1, 2], [3, 4]], "empty": {},
         "y": true, "z": false, "tree": [{"v": 1, "c": [{"v": 2, "c": []}]}, {"v": 3}]}
        """;

    public static JsonObject Json() => (JsonObject)JsonNode.Parse(Text)!;

    public static PyDict Values() => Dict(Json());

    public static PyDict Dict(JsonObject json)
    {
        var dict = new PyDict();
        foreach (var (name, value) in json)
            dict[name] = Value(value);
        return dict;
    }

    private static PyValue Value(JsonNode? json) => json switch
    {
        null => PyValue.None,
        JsonObject inner => Dict(inner),
        JsonArray items => new PyList(items.Select(Value)),
        _ => json.GetValueKind() switch
        {
            JsonValueKind.String => (string)json!,
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => Number(json.ToJsonString()),
        },
    };

    private static PyValue Number(string text) => text.Contains('.')
        ? double.Parse(text, CultureInfo.InvariantCulture)
        : BigInteger.Parse(text, CultureInfo.InvariantCulture);
}

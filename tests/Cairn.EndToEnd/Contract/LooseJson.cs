using System.Text.Json;

namespace Cairn.EndToEnd.Contract;

/// <summary>Equality of JSON where null, empty and default values may be left out on either side.</summary>
internal static class LooseJson
{
    public static void AssertEqual(JsonElement expected, JsonElement actual, string place)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object when actual.ValueKind == JsonValueKind.Object:
                foreach (var name in Names(expected).Union(Names(actual)))
                    Member(expected, actual, name, $"{place}.{name}");
                break;
            case JsonValueKind.Array when actual.ValueKind == JsonValueKind.Array:
                Assert.True(
                    expected.GetArrayLength() == actual.GetArrayLength(),
                        $"{place}: expected {expected}, found {actual}");
                foreach (var (index, item) in expected.EnumerateArray().Index())
                    AssertEqual(item, actual[index], $"{place}[{index}]");
                break;
            default:
                Assert.True(JsonElement.DeepEquals(expected, actual), $"{place}: expected {expected}, found {actual}");
                break;
        }
    }

    private static void Member(JsonElement expected, JsonElement actual, string name, string place)
    {
        var wanted = expected.TryGetProperty(name, out var one);
        var found = actual.TryGetProperty(name, out var other);
        if (wanted && found)
            AssertEqual(one, other, place);
        else
            Assert.True(
                IsNothing(name, wanted ? one : other),
                $"{place}: {(wanted ? "missing" : "unexpected")} {(wanted ? one : other)}");
    }

    /// <summary>What says no more than its absence: `barrier` and `ignoreNonleadStatus` are true by default.</summary>
    private static bool IsNothing(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.True => name is "barrier" or "ignoreNonleadStatus",
        JsonValueKind.String => value.GetString() is "" || (name == "downloadType" && value.GetString() == "download"),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        JsonValueKind.Number => value.GetDouble() == 0,
        _ => false,
    };

    private static IEnumerable<string> Names(JsonElement value) =>
        value.EnumerateObject().Select(member => member.Name);
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Engine.Secrets;
using Cairn.Flows.Values;

namespace Cairn.Platform.Connectors.Calls;

/// <summary>Between the JSON of APIs and records and the values of flows.</summary>
internal static class CodedJson
{
    /// <summary>`{"result": VALUE}` as the engine keeps it.</summary>
    public static byte[] Result(FlowValue value, SecretVault vault) =>
        FlowJson.Encode(FlowValue.Of(FlowMap.Of(("result", value))), vault);

    /// <summary>`{"error": VALUE}` as the engine keeps it.</summary>
    public static byte[] Error(FlowValue value, SecretVault vault) =>
        FlowJson.Encode(FlowValue.Of(FlowMap.Of(("error", value))), vault);

    /// <summary>Plain JSON as a value.</summary>
    public static FlowValue Of(JsonNode? plain)
    {
        switch (plain)
        {
            case null:
                return FlowValue.Null;
            case JsonObject map:
                var builder = new FlowMapBuilder(map.Count);
                foreach (var (key, item) in map)
                    builder.Set(key, Of(item));
                return FlowValue.Of(builder.ToMap());
            case JsonArray list:
                return FlowValue.Of(FlowList.From(list.Select(Of)));
            default:
                return plain.GetValueKind() switch
                {
                    JsonValueKind.String => FlowValue.Of(plain.GetValue<string>()),
                    JsonValueKind.Number => Number(plain.ToJsonString()),
                    _ => FlowValue.Of(plain.GetValueKind() == JsonValueKind.True),
                };
        }
    }

    /// <summary>
    /// A value as plain JSON, as it goes into a request or a record. Bytes have no JSON form: a
    /// <see cref="FlowError"/>, or their text where <paramref name="lenient"/> (T13).
    /// </summary>
    public static JsonNode? Plain(FlowValue value, bool lenient) => JsonNode.Parse(PublicJson.Encode(value, lenient));

    private static FlowValue Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? FlowValue.Of(whole)
            : FlowValue.Of(double.Parse(text, CultureInfo.InvariantCulture));
}

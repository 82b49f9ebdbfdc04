using System.Text;
using System.Text.Json.Nodes;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;

namespace Cairn.Platform.Connectors.Records;

/// <summary>Listings of resources in pages.</summary>
internal static class RecordPages
{
    private const int Largest = 1000;

    /// <summary>`{FIELD: […], nextPageToken?}` of the resources whose names begin with a text.</summary>
    public static FlowValue List(
        RecordBook book, CallArguments arguments, string field, string kind, string prefix,
        Func<Record, JsonObject> show)
    {
        var size = arguments.Whole("pageSize") switch
        {
            null or 0 => 100,
            < 0 => throw CallFault.Bad("Invalid value for pageSize: it is negative"),
            var given => (int)Math.Min(given.Value, Largest),
        };
        var after = arguments.Text("pageToken") is { Length: > 0 } token ? Open(token) : "";
        var found = book.Read(rows => rows.List(kind, prefix, after, size + 1));
        var answer = new JsonObject { [field] = new JsonArray([.. found.Take(size).Select(show)]) };
        if (found.Count > size)
            answer["nextPageToken"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(found[size - 1].Name));
        return CodedJson.Of(answer);
    }

    private static string Open(string token)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var size)
            ? Encoding.UTF8.GetString(bytes, 0, size)
            : throw CallFault.Bad($"Invalid value for pageToken: {token}");
    }
}

using System.Text.Json.Nodes;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Records;

namespace Cairn.Platform.Connectors.Documents;

/// <summary>A structured query: from, where, orderBy, offset, limit. What it does not know is 400 by name.</summary>
internal sealed class DocumentQuery
{
    private static readonly string[] s_known = ["from", "where", "orderBy", "offset", "limit", "select"];

    private readonly string _collection;
    private readonly bool _everywhere;
    private readonly JsonObject? _where;
    private readonly List<(string[] Path, bool Descending)> _order = [];
    private readonly int _offset;
    private readonly int _limit;

    private DocumentQuery(JsonObject query)
    {
        foreach (var (key, _) in query)
            if (!s_known.Contains(key))
                throw CallFault.Bad($"structuredQuery.{key} is not known here; known: {string.Join(", ", s_known)}");
        if (query["select"] is not null)
            throw CallFault.Bad("structuredQuery.select is not known here: whole documents are returned");
        var from = query["from"] is JsonArray { Count: 1 } one ? one[0] as JsonObject : null;
        _collection = (string?)from?["collectionId"] ?? throw CallFault.Bad("from should name one collectionId");
        _everywhere = (bool?)from!["allDescendants"] == true;
        _where = query["where"] as JsonObject;
        foreach (var order in query["orderBy"] as JsonArray ?? [])
            _order.Add((Path(order?["field"]), (string?)order?["direction"] == "DESCENDING"));
        _offset = Whole(query["offset"], 0);
        _limit = Whole(query["limit"], int.MaxValue);
    }

    /// <summary>Reads a query.</summary>
    public static DocumentQuery Read(JsonObject query) => new(query);

    /// <summary>The documents below a parent that it finds, in its order, then by name.</summary>
    public IEnumerable<Record> Of(IEnumerable<Record> documents, string parent)
    {
        var found = documents
            .Where(one => IsIn(one.Name[(parent.Length + 1)..]) && (_where is null || Holds(_where, one)))
            .Where(one => _order.TrueForAll(order => Field(one, order.Path) is not null))
            .Order(Comparer<Record>.Create(Compare));
        return found.Skip(_offset).Take(_limit);
    }

    private bool IsIn(string relative)
    {
        var parts = relative.Split('/');
        return parts[^2] == _collection && (_everywhere || parts.Length == 2);
    }

    private int Compare(Record? left, Record? right)
    {
        foreach (var (path, descending) in _order)
            if (DocumentFields.Compare(Field(left!, path), Field(right!, path)) is not 0 and var order)
                return descending ? -order : order;
        return string.CompareOrdinal(left!.Name, right!.Name);
    }

    private static bool Holds(JsonObject filter, Record document) => filter.First() switch
    {
        { Key: "compositeFilter", Value: JsonObject both } => Composite(both, document),
        { Key: "fieldFilter", Value: JsonObject one } => Matches(one, document),
        { Key: "unaryFilter", Value: JsonObject one } => Unary(one, document),
        var (key, _) => throw CallFault.Bad($"where.{key} is not known here"),
    };

    private static bool Composite(JsonObject filter, Record document)
    {
        var parts = (filter["filters"] as JsonArray ?? []).OfType<JsonObject>();
        return (string?)filter["op"] switch
        {
            "AND" => parts.All(part => Holds(part, document)),
            "OR" => parts.Any(part => Holds(part, document)),
            var op => throw CallFault.Bad($"compositeFilter.op {op} is not known here; known: AND, OR"),
        };
    }

    private static bool Unary(JsonObject filter, Record document)
    {
        var value = Field(document, Path(filter["field"]));
        return (string?)filter["op"] switch
        {
            "IS_NULL" => DocumentFields.Key(value).Rank == 0,
            "IS_NOT_NULL" => DocumentFields.Key(value).Rank > 0,
            var op => throw CallFault.Bad($"unaryFilter.op {op} is not known here; known: IS_NULL, IS_NOT_NULL"),
        };
    }

    private static bool Matches(JsonObject filter, Record document)
    {
        var (value, wanted) = (Field(document, Path(filter["field"])), filter["value"]);
        if (value is null)
            return false;
        var order = DocumentFields.Compare(value, wanted);
        var isSameKind = DocumentFields.Key(value).Rank == DocumentFields.Key(wanted).Rank;
        return (string?)filter["op"] switch
        {
            "EQUAL" => order == 0,
            "NOT_EQUAL" => order != 0,
            "LESS_THAN" => isSameKind && order < 0,
            "LESS_THAN_OR_EQUAL" => isSameKind && order <= 0,
            "GREATER_THAN" => isSameKind && order > 0,
            "GREATER_THAN_OR_EQUAL" => isSameKind && order >= 0,
            "IN" => Items(wanted).Any(item => DocumentFields.Compare(value, item) == 0),
            "NOT_IN" => Items(wanted).All(item => DocumentFields.Compare(value, item) != 0),
            "ARRAY_CONTAINS" => Items(value).Any(item => DocumentFields.Compare(item, wanted) == 0),
            "ARRAY_CONTAINS_ANY" => Items(value).Any(
                item => Items(wanted).Any(other => DocumentFields.Compare(item, other) == 0)),
            var op => throw CallFault.Bad($"fieldFilter.op {op} is not known"),
        };
    }

    private static IEnumerable<JsonNode?> Items(JsonNode? array) => array?["arrayValue"]?["values"] as JsonArray ?? [];

    private static JsonNode? Field(Record document, string[] path) => path is ["__name__"]
        ? new JsonObject { ["referenceValue"] = document.Name }
        : DocumentFields.At((JsonObject)document.Value["fields"]!, path);

    private static string[] Path(JsonNode? field) =>
        ((string?)field?["fieldPath"] ?? throw CallFault.Bad("a filter or order needs field.fieldPath")).Split('.');

    private static int Whole(JsonNode? value, int fallback) => value is null ? fallback
        : int.TryParse(value.ToString(), out var number) && number >= 0 ? number
        : throw CallFault.Bad($"structuredQuery: {value.ToJsonString()} is no whole number");
}

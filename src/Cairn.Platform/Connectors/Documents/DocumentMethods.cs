using System.Text.Json.Nodes;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Records;

namespace Cairn.Platform.Connectors.Documents;

/// <summary>`googleapis.firestore.v1…documents` over the records (spec/workflows.md 6.5).</summary>
internal sealed class DocumentMethods(RecordBook book)
{
    private const string Api = "googleapis.firestore.v1.projects.databases.documents.";
    private const string Kind = "document";
    private const string Root = "projects/*/databases/*/documents";

    /// <summary>The methods that only look.</summary>
    public CallTable Reads => new()
    {
        [Api + "get"] = (call, _) => Done(CodedJson.Of(Shown(Find(Name(call)), call.Arguments))),
        [Api + "list"] = (call, _) => Done(List(call)),
        [Api + "runQuery"] = (call, _) => Done(Query(call)),
    };

    /// <summary>The methods that change something.</summary>
    public CallTable Writes => new()
    {
        [Api + "createDocument"] = (call, _) => Done(Create(call)),
        [Api + "patch"] = (call, _) => Done(Patch(call)),
        [Api + "delete"] = (call, _) => Done(Delete(call)),
    };

    private FlowValue Create(Call call)
    {
        var query = call.Arguments.Body("query");
        var id = call.Arguments.Text("documentId") ?? (string?)query["documentId"] ?? IdOf(call.Key);
        if (id.Length == 0 || id.Contains('/'))
            throw CallFault.Bad($"Invalid value for documentId: \"{id}\"");
        var name = $"{Parent(call)}/{call.Arguments.Required("collectionId")}/{id}";
        var fields = DocumentFields.Of(call.Arguments.Body());
        return book.Once(call, rows => rows.Find(Kind, name) is not null
            ? throw CallFault.Conflict($"Document already exists: {name}")
            : Put(rows, name, fields));
    }

    private FlowValue Patch(Call call)
    {
        var name = Name(call);
        var fields = DocumentFields.Of(call.Arguments.Body());
        var mask = Paths(call.Arguments, "updateMask.fieldPaths", "updateMask");
        return book.Once(call, rows =>
        {
            var old = rows.Find(Kind, name);
            Require(call.Arguments, name, old);
            return Put(rows, name, mask is null
                ? fields
                : DocumentFields.Merge(old?.Value["fields"] as JsonObject ?? [], fields, mask));
        });
    }

    private FlowValue Delete(Call call)
    {
        var name = Name(call);
        return book.Once(call, rows =>
        {
            Require(call.Arguments, name, rows.Find(Kind, name));
            rows.Remove(Kind, name);
            return FlowValue.Of(FlowMap.Empty);
        });
    }

    private FlowValue List(Call call)
    {
        var prefix = $"{Parent(call)}/{call.Arguments.Required("collectionId")}/";
        var documents = book.Read(rows => rows.List(Kind, prefix, "", int.MaxValue))
            .Where(one => !one.Name[prefix.Length..].Contains('/')).ToList();
        var size = (int)Math.Clamp(call.Arguments.Whole("pageSize") ?? 300, 1, 1000);
        var skip = (int)Math.Clamp(call.Arguments.Whole("pageToken") ?? 0, 0, documents.Count);
        var answer = new JsonObject();
        if (documents.Count > skip)
            answer["documents"] = new JsonArray(
                [.. documents.Skip(skip).Take(size).Select(one => Shown(one, call.Arguments))]);
        if (skip + size < documents.Count)
            answer["nextPageToken"] = $"{skip + size}";
        return CodedJson.Of(answer);
    }

    private FlowValue Query(Call call)
    {
        var parent = call.Arguments.Required("parent");
        var query = DocumentQuery.Read(
            call.Arguments.Body()["structuredQuery"] as JsonObject
                ?? throw CallFault.Bad("structuredQuery is missing"));
        var now = Times.Text(book.Clock.GetUtcNow());
        var found = query.Of(book.Read(rows => rows.List(Kind, parent + "/", "", int.MaxValue)), parent)
            .Select(one => new JsonObject { ["document"] = Shown(one, null), ["readTime"] = now }).ToList();
        return CodedJson.Of(found.Count > 0
            ? new JsonArray([.. found])
            : new JsonArray(new JsonObject { ["readTime"] = now }));
    }

    private Record Find(string name) => book.Read(rows => rows.Find(Kind, name))
        ?? throw CallFault.NotFound($"Document \"{name}\" not found.");

    private static FlowValue Put(RecordRows rows, string name, JsonObject fields)
    {
        rows.Put(Kind, name, new JsonObject { ["fields"] = fields });
        return CodedJson.Of(Shown(rows.Get(Kind, name), null));
    }

    private static JsonObject Shown(Record record, CallArguments? arguments)
    {
        var fields = (JsonObject)record.Value["fields"]!.DeepClone();
        if (arguments is not null && Paths(arguments, "mask.fieldPaths", "mask") is { } mask)
            fields = DocumentFields.Merge([], fields, mask);
        return new JsonObject
        {
            ["name"] = record.Name,
            ["fields"] = fields,
            ["createTime"] = Times.Text(record.Created),
            ["updateTime"] = Times.Text(record.Updated),
        };
    }

    private static void Require(CallArguments arguments, string name, Record? old)
    {
        if (arguments.Flag("currentDocument.exists") is { } exists && exists != old is not null)
            throw exists ? CallFault.NotFound($"No document to update: {name}")
                : CallFault.Conflict($"Document already exists: {name}");
        if (arguments.Text("currentDocument.updateTime") is { } time
            && (old is null || Times.Text(old.Updated) != time))
            throw CallFault.Api(
                400, "FAILED_PRECONDITION", "failedPrecondition", $"{name} was not updated last at {time}");
    }

    private static List<string>? Paths(CallArguments arguments, string flat, string nested)
    {
        var given = arguments.Raw(flat)
            ?? (arguments.Raw(nested) is { Kind: FlowKind.Map } map ? map.AsMap().Get("fieldPaths") : FlowValue.Null);
        return given.Kind switch
        {
            FlowKind.Null => null,
            FlowKind.String => [.. given.AsText().Split(',')],
            FlowKind.List => [.. given.AsList().Select(path => path.AsText())],
            _ => throw CallArguments.Wrong(flat, "a list of texts", given),
        };
    }

    private static string Name(Call call)
    {
        var name = call.Arguments.Required("name");
        ResourcePath.Parts(name, Root + "/**");
        return name.Split('/').Length % 2 == 1
            ? name
            : throw CallFault.Bad($"\"{name}\" names a collection, not a document");
    }

    private static string Parent(Call call)
    {
        var parent = call.Arguments.Required("parent");
        ResourcePath.Parts(parent, parent.Split('/').Length == 5 ? Root : Root + "/**");
        return parent;
    }

    // Twenty letters, as the service makes them; the same for the same effect.
    private static string IdOf(string effectKey) => Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(effectKey)))[..20];

    private static ValueTask<FlowValue> Done(FlowValue value) => ValueTask.FromResult(value);
}

using System.Text.Json.Nodes;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Records;
using Cairn.Platform.Stores;

namespace Cairn.Platform.Connectors.Storage;

/// <summary>
/// `googleapis.storage.v1.buckets`: a bucket is the store that serves `gs://NAME`, a declared store of that name, or
/// one made here under the state folder.
/// </summary>
internal sealed class Buckets(ObjectStores stores, RecordBook book)
{
    private const string Kind = "bucket";

    /// <summary>The methods that only look.</summary>
    public CallTable Reads => new()
    {
        ["googleapis.storage.v1.buckets.get"] = Get,
        ["googleapis.storage.v1.buckets.list"] = List,
    };

    /// <summary>The methods that change something.</summary>
    public CallTable Writes => new()
    {
        ["googleapis.storage.v1.buckets.insert"] = Insert,
        ["googleapis.storage.v1.buckets.delete"] = Delete,
    };

    /// <summary>The store that answers for a bucket; 404 when there is none.</summary>
    public async ValueTask<IObjectStore> Open(string bucket, CancellationToken cancel)
    {
        if (stores.ServedAs($"gs://{bucket}") is { } served)
            return await stores.Bucket(served, forWrite: true, cancel);
        return stores.Has(bucket) ? await stores.Bucket(bucket, forWrite: true, cancel) : throw Missing(bucket);
    }

    /// <summary>Whether a store of this project answers for a foreign bucket, so that the network is not
    /// asked.</summary>
    public bool IsHere(string bucket) => stores.ServedAs($"gs://{bucket}") is not null;

    private async ValueTask<FlowValue> Get(Call call, CancellationToken cancel)
    {
        var name = call.Arguments.Required("bucket");
        await Open(name, cancel);
        return CodedJson.Of(Resource(name));
    }

    private ValueTask<FlowValue> List(Call call, CancellationToken cancel)
    {
        var prefix = call.Arguments.Text("prefix") ?? "";
        var names = new SortedSet<string>(stores.Names, StringComparer.Ordinal);
        names.UnionWith(stores.ServedUrls.Where(url => url.StartsWith("gs://", StringComparison.Ordinal)
            && !url.AsSpan(5).Contains('/')).Select(url => url[5..]));
        var answer = new JsonObject { ["kind"] = "storage#buckets" };
        var items = new JsonArray(
            [.. names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(Resource)]);
        if (items.Count > 0)
            answer["items"] = items;
        return ValueTask.FromResult(CodedJson.Of(answer));
    }

    private async ValueTask<FlowValue> Insert(Call call, CancellationToken cancel)
    {
        var body = call.Arguments.Body();
        var name = (string?)body["name"] ?? throw CallFault.Bad("Required parameter: name");
        if (ObjectStores.WrongName(name) is { } wrong)
            throw CallFault.Bad($"Invalid bucket name: '{name}': {wrong}");
        var answer = book.Once(call, rows =>
        {
            if (stores.ServedAs($"gs://{name}") is not null || stores.IsDeclared(name)
                || rows.Find(Kind, name) is not null || !stores.IsEmptyFolder(name))
                throw CallFault.Conflict(
                    "Your previous request to create the named bucket succeeded and you already own it.");
            body["timeCreated"] = Times.Text(rows.Now);
            rows.Put(Kind, name, body);
            return CodedJson.Of(Describe(name, body));
        });
        // The folder comes after the row: made again it is the same folder.
        stores.Make(name);
        await stores.Bucket(name, forWrite: true, cancel);
        return answer;
    }

    private async ValueTask<FlowValue> Delete(Call call, CancellationToken cancel)
    {
        var name = call.Arguments.Required("bucket");
        if (stores.ServedAs($"gs://{name}") is not null || stores.IsDeclared(name))
            throw CallFault.Api(
                403, "PERMISSION_DENIED", "forbidden", $"bucket {name} is declared in cairn.yaml: take it out there");
        if (stores.Has(name))
        {
            var store = await stores.Bucket(name, forWrite: true, cancel);
            if ((await store.List(new ListQuery { Limit = 1 }, cancel)).Objects.Count > 0)
                throw CallFault.Api(409, "ABORTED", "conflict", "The bucket you tried to delete is not empty.");
        }

        var answer = book.Once(call, rows =>
        {
            if (!rows.Remove(Kind, name) && !stores.Has(name))
                throw Missing(name);
            return FlowValue.Of("");
        });
        await stores.Drop(name, cancel);
        return answer;
    }

    private JsonObject Resource(string name) =>
        Describe(name, book.Read(rows => rows.Find(Kind, name))?.Value ?? []);

    private static JsonObject Describe(string name, JsonObject given)
    {
        var created = (string?)given["timeCreated"] ?? Times.Text(DateTimeOffset.UnixEpoch);
        var resource = new JsonObject
        {
            ["kind"] = "storage#bucket",
            ["id"] = name,
            ["selfLink"] = $"https://www.googleapis.com/storage/v1/b/{name}",
            ["name"] = name,
            ["timeCreated"] = created,
            ["updated"] = created,
            ["metageneration"] = "1",
            ["location"] = "US",
            ["storageClass"] = "STANDARD",
            ["etag"] = "CAE=",
        };
        foreach (var (key, value) in given)
            resource[key] = value?.DeepClone();
        return resource;
    }

    private static CallFault Missing(string bucket) => CallFault.NotFound(
        $"The specified bucket does not exist: {bucket}; declare it under stores: in cairn.yaml with "
        + $"serves: [\"gs://{bucket}\"], or make it with buckets.insert");
}

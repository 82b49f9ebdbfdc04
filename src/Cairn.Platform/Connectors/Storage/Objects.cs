using System.Text.Json.Nodes;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Http;
using Cairn.Platform.Stores;

namespace Cairn.Platform.Connectors.Storage;

/// <summary>
/// `googleapis.storage.v1.objects` over our stores. A write carries its effect's key: asked for again after a crash it
/// is answered the same, no new generation, no second event (architecture 3.3).
/// </summary>
internal sealed class Objects(Buckets buckets)
{
    private const string Api = "googleapis.storage.v1.objects.";

    /// <summary>The methods that only look.</summary>
    public CallTable Reads => new()
    {
        [Api + "get"] = Get,
        [Api + "list"] = List,
    };

    /// <summary>The methods that change something.</summary>
    public CallTable Writes => new()
    {
        [Api + "insert"] = Insert,
        [Api + "delete"] = Delete,
        [Api + "copy"] = async (call, cancel) => CodedJson.Of(await Copy(call, cancel)),
        [Api + "rewrite"] = Rewrite,
    };

    private async ValueTask<FlowValue> Get(Call call, CancellationToken cancel)
    {
        var (bucket, name) = (call.Arguments.Required("bucket"), call.Arguments.Required("object"));
        var store = await buckets.Open(bucket, cancel);
        await using var opened = await Find(store, call.Arguments, name, cancel) ?? throw Missing(bucket, name);
        var stored = opened.Object;
        if (call.Arguments.Whole("generation") is { } wanted && wanted != stored.Generation)
            throw Missing(bucket, name);
        if (call.Arguments.Whole("ifGenerationMatch") is { } match && match != stored.Generation)
            throw Precondition();
        if (call.Arguments.Whole("ifGenerationNotMatch") == stored.Generation)
            throw CallFault.Http(304, FlowMap.Empty, FlowValue.Of(""));
        switch (call.Arguments.Text("alt"))
        {
            case "media":
                return MediaKinds.Value(ObjectResource.ContentType(stored), await Content(opened, cancel));
            case null or "json":
                return CodedJson.Of(ObjectResource.Of(bucket, stored));
            case var other:
                throw CallFault.Bad($"Invalid value for alt: {other}; known: json, media");
        }
    }

    private async ValueTask<FlowValue> List(Call call, CancellationToken cancel)
    {
        var bucket = call.Arguments.Required("bucket");
        var store = await buckets.Open(bucket, cancel);
        if (call.Arguments.Whole("maxResults") is < 0)
            throw CallFault.Bad("Invalid value for maxResults: it is negative");
        var page = await ObjectPages.Read(store, call.Arguments, cancel);
        var answer = new JsonObject { ["kind"] = "storage#objects" };
        if (page.Next is { } next)
            answer["nextPageToken"] = next;
        if (page.Objects.Count > 0)
            answer["items"] = new JsonArray([.. page.Objects.Select(one => ObjectResource.Of(bucket, one))]);
        if (page.Prefixes.Count > 0)
            answer["prefixes"] = new JsonArray([.. page.Prefixes.Select(prefix => JsonValue.Create(prefix))]);
        return CodedJson.Of(answer);
    }

    private async ValueTask<FlowValue> Insert(Call call, CancellationToken cancel)
    {
        var bucket = call.Arguments.Required("bucket");
        var name = call.Arguments.Text("name") ?? (string?)call.Arguments.Body()["name"]
            ?? throw CallFault.Bad("Required parameter: name");
        // T27: a name that was percent-encoded as for a path means the decoded one.
        if (call.Arguments.Lenient && name.Contains("%2F", StringComparison.OrdinalIgnoreCase))
            name = Uri.UnescapeDataString(name);
        var content = ObjectContent.Of(call.Arguments);
        var terms = Terms(call, "ifGenerationMatch") with { Metadata = content.Metadata };
        var store = await buckets.Open(bucket, cancel);
        return CodedJson.Of(Written(bucket, await store.Put(name, new Content.Bytes(content.Bytes), terms, cancel)));
    }

    private async ValueTask<FlowValue> Delete(Call call, CancellationToken cancel)
    {
        var (bucket, written) = (call.Arguments.Required("bucket"), call.Arguments.Required("object"));
        var store = await buckets.Open(bucket, cancel);
        var terms = Terms(call, "ifGenerationMatch");
        var generation = call.Arguments.Whole("generation");
        terms = terms with { IfGeneration = generation ?? terms.IfGeneration };
        foreach (var name in Names(call.Arguments, written))
        {
            switch (await store.Delete(name, terms, cancel))
            {
                case WriteAnswer.Deleted:
                    return FlowValue.Of("");
                case WriteAnswer.Refused when generation is null:
                    throw Precondition();
            }
        }

        throw Missing(bucket, written);
    }

    private async ValueTask<JsonObject> Copy(Call call, CancellationToken cancel)
    {
        var arguments = call.Arguments;
        var (bucket, name) = (arguments.Required("sourceBucket"), arguments.Required("sourceObject"));
        var (toBucket, toName) = (arguments.Required("destinationBucket"), arguments.Required("destinationObject"));
        toName = Names(arguments, toName)[^1];
        var (source, target) = (await buckets.Open(bucket, cancel), await buckets.Open(toBucket, cancel));
        var terms = Terms(call, "ifGenerationMatch");
        foreach (var from in Names(arguments, name))
        {
            if (arguments.Whole("ifSourceGenerationMatch") is { } wanted
                && await source.Stat(from, cancel) is { } now && now.Generation != wanted)
                throw Precondition();
            var answer = ReferenceEquals(source, target)
                ? await source.Copy(from, toName, terms, cancel)
                : await Across(source, from, target, toName, terms, cancel);
            if (answer is not null)
                return Written(toBucket, answer);
        }

        throw Missing(bucket, name);
    }

    // The source may be gone when this is asked for again: the copy itself says whose it is.
    private static async ValueTask<WriteAnswer?> Across(
        IObjectStore source, string from, IObjectStore target, string to, WriteTerms terms, CancellationToken cancel)
    {
        var mark = KeyValuePair.Create(ObjectResource.Own + "effect", terms.EffectKey!);
        if (await target.Stat(to, cancel) is { } there && there.Metadata.Contains(mark))
            return new WriteAnswer.Written(there, Repeated: true);
        if (await source.Open(from, cancel) is not { } found)
            return null;
        await using var opened = found;
        var kept = opened.Object.Metadata.Where(pair => pair.Key != mark.Key);
        return await target.Put(
            to, new Content.Streamed(opened.Stream), terms with { Metadata = [.. kept, mark] }, cancel);
    }

    private async ValueTask<FlowValue> Rewrite(Call call, CancellationToken cancel)
    {
        var resource = await Copy(call, cancel);
        var size = resource["size"]!.GetValue<string>();
        return CodedJson.Of(new JsonObject
        {
            ["kind"] = "storage#rewriteResponse",
            ["totalBytesRewritten"] = size,
            ["objectSize"] = size,
            ["done"] = true,
            ["resource"] = resource,
        });
    }

    private static JsonObject Written(string bucket, WriteAnswer answer) => answer switch
    {
        WriteAnswer.Written written => ObjectResource.Of(bucket, written.Object),
        _ => throw Precondition(),
    };

    private static WriteTerms Terms(Call call, string match)
    {
        if (call.Arguments.Whole("ifGenerationNotMatch") is not null)
            throw CallFault.NotHere(call.Name, "ifGenerationNotMatch is known for reads only; use ifGenerationMatch");
        return new WriteTerms { EffectKey = call.Key, IfGeneration = call.Arguments.Whole(match) };
    }

    private static async ValueTask<OpenedObject?> Find(
        IObjectStore store, CallArguments arguments, string written, CancellationToken cancel)
    {
        foreach (var name in Names(arguments, written))
            if (await store.Open(name, cancel) is { } found)
                return found;
        return null;
    }

    /// <summary>
    /// What a name in a path may mean: percent-encoded as the service wants it, or raw. The tolerant rules look for the
    /// raw one first (T27).
    /// </summary>
    private static string[] Names(CallArguments arguments, string written)
    {
        if (!written.Contains('%'))
            return [written];
        var decoded = Uri.UnescapeDataString(written);
        return decoded == written ? [written] : arguments.Lenient ? [written, decoded] : [decoded, written];
    }

    private static async ValueTask<byte[]> Content(OpenedObject opened, CancellationToken cancel)
    {
        if (opened.Object.Size > HttpExchange.LargestBody)
            throw CallFault.Tagged(
                FlowTags.ResourceLimit,
                $"{opened.Object.Key} has {opened.Object.Size} bytes, a flow may read {HttpExchange.LargestBody}");
        var bytes = new byte[opened.Object.Size];
        await opened.Stream.ReadExactlyAsync(bytes, cancel);
        return bytes;
    }

    private static CallFault Missing(string bucket, string name) =>
        CallFault.NotFound($"No such object: {bucket}/{name}");

    private static CallFault Precondition() => CallFault.Api(
        412, "FAILED_PRECONDITION", "conditionNotMet",
        "At least one of the pre-conditions you specified did not hold.");
}

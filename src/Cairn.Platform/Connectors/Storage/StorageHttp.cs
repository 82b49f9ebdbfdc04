using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Http;

namespace Cairn.Platform.Connectors.Storage;

/// <summary>
/// Requests of flows to the storage API's own address, for buckets that a store of this project serves: read here, as
/// the connector reads them, so that files run unchanged. Everything else goes to the network.
/// </summary>
internal sealed class StorageHttp(Buckets buckets, Objects objects)
{
    private static readonly string[] s_hosts = ["storage.googleapis.com", "www.googleapis.com"];

    /// <summary>The answer to a GET of objects that are served here; null: it is not ours.</summary>
    public async ValueTask<HttpAnswer?> Answer(HttpCall request, Call call, CancellationToken cancel)
    {
        if (request.Method != "GET" || request.IsRewritten || !s_hosts.Contains(request.Url.Host)
            || Parts(request.Url) is not [var bucket, .. var rest] || !buckets.IsHere(bucket))
            return null;
        var arguments = new FlowMapBuilder();
        foreach (var pair in request.Url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = pair.IndexOf('=') is > 0 and var at ? (pair[..at], pair[(at + 1)..]) : (pair, "");
            arguments.Set(Uri.UnescapeDataString(key), FlowValue.Of(Uri.UnescapeDataString(value)));
        }

        arguments.Set("bucket", FlowValue.Of(bucket));
        if (rest is [var name])
            arguments.Set("object", FlowValue.Of(name));
        var read = call with { Arguments = new CallArguments(arguments.ToMap(), call.Arguments.Lenient) };
        var method = rest.Length == 1 ? "get" : "list";
        var body = await objects.Reads[$"googleapis.storage.v1.objects.{method}"](read, cancel);
        return new HttpAnswer(200, FlowMap.Of(("Content-Type", FlowValue.Of("application/json"))), body, null);
    }

    // `/storage/v1/b/BUCKET/o/OBJECT`, also below `/download`; the object is one percent-encoded part.
    private static string[] Parts(Uri url)
    {
        var parts = url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is ["download", .. var behind])
            parts = behind;
        return parts switch
        {
            ["storage", "v1", "b", var bucket, "o"] => [Uri.UnescapeDataString(bucket)],
            ["storage", "v1", "b", var bucket, "o", .. var name] =>
                [Uri.UnescapeDataString(bucket), string.Join('/', name)],
            _ => [],
        };
    }
}

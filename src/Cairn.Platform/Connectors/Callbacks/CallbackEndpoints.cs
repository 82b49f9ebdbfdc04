using System.Text.Json.Nodes;
using Cairn.Engine.Effects;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Records;
using Cairn.Platform.Connectors.Runs;

namespace Cairn.Platform.Connectors.Callbacks;

/// <summary>
/// The addresses that flows made for callbacks (spec/workflows.md 7.5): rows of the records, so that a request finds
/// its
/// run after any restart. An address holds the run's uid, 128 random bits that only who was told it knows.
/// </summary>
/// <param name="book">Where they are kept.</param>
/// <param name="desk">Whose runs they belong to.</param>
/// <param name="project">The project's name.</param>
internal sealed class CallbackEndpoints(RecordBook book, RunDesk desk, string project)
{
    private const string Kind = "callback";

    private static readonly string[] s_methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"];

    /// <summary>Opens the way for requests, and says where: `http://127.0.0.1:PORT`.</summary>
    public Func<CancellationToken, Task<string>> Door { get; set; } = static _ => Task.FromResult("");

    /// <summary>The method that makes one.</summary>
    public CallTable Bodies => new() { ["events.create_callback_endpoint"] = Create };

    /// <summary>Whether there are any.</summary>
    public bool Any => book.Read(rows => rows.List(Kind, "", "", 1)).Count > 0;

    /// <summary>The endpoint at a path, or null.</summary>
    public Endpoint? Find(string path) => book.Read(rows => rows.Find(Kind, path)) is { } row
        ? new Endpoint(path, (string)row.Value["url"]!, (string)row.Value["method"]!, (string)row.Value["run"]!)
        : null;

    /// <summary>Forgets those of runs that have ended.</summary>
    public async Task Forget(CancellationToken cancel)
    {
        foreach (var row in book.Read(rows => rows.List(Kind, "", "", int.MaxValue)))
            if (await desk.Find((string)row.Value["run"]!, cancel) is not { IsOpen: true })
                book.Write(rows => rows.Remove(Kind, row.Name));
    }

    private async ValueTask<FlowValue> Create(Call call, CancellationToken cancel)
    {
        var method = call.Arguments.Text("http_callback_method") ?? "POST";
        if (!s_methods.Contains(method))
            throw CallFault.Value(
                $"http_callback_method should be one of {string.Join(", ", s_methods)}, not \"{method}\"");
        var path = PathOf(call.Order.Key, call.Order.RunId);
        var known = Find(path)?.Url;
        var url = known ?? await Door(cancel) + path;
        if (known is null)
            book.Write(rows =>
            {
                rows.Put(Kind, path, new JsonObject
                {
                    ["url"] = url,
                    ["method"] = method,
                    ["run"] = call.Order.Key.Run.ToString(),
                });
                return true;
            });
        else
            await Door(cancel);
        return FlowValue.Of(FlowMap.Of(("url", FlowValue.Of(url))));
    }

    private string PathOf(EffectKey key, string runId)
    {
        var dash = runId.LastIndexOf('-');
        var workflow = dash > 0 ? runId[..dash] : runId;
        return $"/v1/projects/{project}/locations/local/workflows/{workflow}/executions/{runId}/callbacks/"
            + $"{key.Run}-{key.Incarnation}-{key.Sequence}";
    }
}

/// <summary>An address for callbacks.</summary>
/// <param name="Path">Behind host and port.</param>
/// <param name="Url">As the flow was told it; the port may have changed since.</param>
/// <param name="Method">The only one that is accepted.</param>
/// <param name="Run">The uid of its run.</param>
internal sealed record Endpoint(string Path, string Url, string Method, string Run);

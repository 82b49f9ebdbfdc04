using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Http;
using Cairn.Platform.Connectors.Runs;

namespace Cairn.Platform.Connectors.Callbacks;

/// <summary>
/// Requests at callback endpoints: each becomes an inbox row of its run before it is acknowledged (architecture 3.4).
/// 200: accepted; 404: no such endpoint, or its run is over; 405: another method; 413: too large; 429: the request
/// before it still waits to be taken (spec/workflows.md 7.5).
/// </summary>
internal sealed class CallbackRequests(CallbackEndpoints endpoints, RunDesk desk, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Takes a request and answers it.</summary>
    public async Task Answer(HttpListenerContext context, CancellationToken cancel)
    {
        try
        {
            var (code, message) = await Take(context.Request, cancel);
            context.Response.StatusCode = (int)code;
            if (code == HttpStatusCode.MethodNotAllowed)
                context.Response.AddHeader("Allow", message);
            context.Response.ContentType = "application/json; charset=utf-8";
            if (context.Request.HttpMethod != "HEAD")
                await context.Response.OutputStream.WriteAsync(Body(code, message), cancel);
        }
        catch (Exception lost) when (lost is HttpListenerException or OperationCanceledException or IOException
            or ObjectDisposedException)
        {
            // Who asked has gone, or the owner leaves: nothing was acknowledged.
        }
        finally
        {
            Close(context);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<(HttpStatusCode Code, string Message)> Take(
        HttpListenerRequest request, CancellationToken cancel)
    {
        var path = request.Url?.AbsolutePath ?? "";
        if (endpoints.Find(path) is not { } endpoint
            || await desk.Find(endpoint.Run, cancel) is not { IsOpen: true } run)
            return (HttpStatusCode.NotFound, "there is no such callback endpoint, or its execution is over");
        if (request.HttpMethod != endpoint.Method)
            return (HttpStatusCode.MethodNotAllowed, endpoint.Method);
        if (await Read(request, cancel) is not { } body)
            return (HttpStatusCode.RequestEntityTooLarge, $"the body is larger than {HttpExchange.LargestBody} bytes");
        // One at a time: two that come together must not both find the slot empty.
        await _one.WaitAsync(cancel);
        try
        {
            if (await IsWaiting(run, endpoint, cancel))
                return (HttpStatusCode.TooManyRequests, "the request before this one was not processed yet");
            var signal = FlowMap.Of(
                ("callback", FlowValue.Of(endpoint.Url)), ("value", Value(request, body)));
            await desk.Send(
                run, new InboxItem(
                    $"callback-{RandomNumberGenerator.GetHexString(32, lowercase: true)}", InboxKind.Signal,
                    FlowJson.Encode(FlowValue.Of(signal))),
                cancel);
            return (HttpStatusCode.OK, "");
        }
        finally
        {
            _one.Release();
        }
    }

    // In the inbox, or with the program, which keeps it until somebody awaits it.
    private async Task<bool> IsWaiting(RunHead run, Endpoint endpoint, CancellationToken cancel)
    {
        foreach (var payload in await desk.Inbox(run, cancel))
            if (IsOf(payload, endpoint))
                return true;
        using var described = JsonDocument.Parse(await desk.Describe(run, cancel));
        return described.RootElement.TryGetProperty("callbacks", out var callbacks)
            && callbacks.EnumerateArray().Any(one =>
                one.GetProperty("url").GetString() == endpoint.Url && one.GetProperty("kept").GetInt32() > 0);
    }

    private static bool IsOf(ReadOnlyMemory<byte> payload, Endpoint endpoint)
    {
        using var signal = JsonDocument.Parse(payload);
        return signal.RootElement.TryGetProperty("callback", out var url) && url.GetString() == endpoint.Url;
    }

    private FlowValue Value(HttpListenerRequest request, byte[] body)
    {
        var headers = new FlowMapBuilder();
        foreach (var name in request.Headers.AllKeys)
            if (name is not null)
                headers.Set(HttpExchange.Canonical(name), FlowValue.Of(request.Headers[name] ?? ""));
        var query = new FlowMapBuilder();
        foreach (var name in request.QueryString.AllKeys)
            query.Set(name ?? "", FlowValue.Of(request.QueryString[name] ?? ""));
        return FlowValue.Of(FlowMap.Of(
            ("http_request", FlowValue.Of(FlowMap.Of(
                ("body", MediaKinds.Value(request.ContentType, body)),
                ("headers", FlowValue.Of(headers.ToMap())),
                ("method", FlowValue.Of(request.HttpMethod)),
                ("query", FlowValue.Of(query.ToMap())),
                ("url", FlowValue.Of(request.Url!.PathAndQuery))))),
            ("received_time", FlowValue.Of(Times.Text(clock.GetUtcNow()))),
            ("type", FlowValue.Of("HTTP"))));
    }

    private static async Task<byte[]?> Read(HttpListenerRequest request, CancellationToken cancel)
    {
        if (request.ContentLength64 > HttpExchange.LargestBody)
            return null;
        using var whole = new MemoryStream();
        var chunk = new byte[16 << 10];
        while (await request.InputStream.ReadAsync(chunk, cancel) is > 0 and var read)
        {
            if (whole.Length + read > HttpExchange.LargestBody)
                return null;
            whole.Write(chunk, 0, read);
        }

        return whole.ToArray();
    }

    private static byte[] Body(HttpStatusCode code, string message) => code == HttpStatusCode.OK
        ? "{}"u8.ToArray()
        : Encoding.UTF8.GetBytes(new System.Text.Json.Nodes.JsonObject
        {
            ["error"] = new System.Text.Json.Nodes.JsonObject
            {
                ["code"] = (int)code,
                ["message"] = code == HttpStatusCode.MethodNotAllowed ? $"the endpoint takes {message} only" : message,
            },
        }.ToJsonString());

    private static void Close(HttpListenerContext context)
    {
        try
        {
            context.Response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or IOException)
        {
            // Who asked has gone.
        }
    }
}

using System.Net.Sockets;
using System.Text;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;

namespace Cairn.Platform.Connectors.Http;

/// <summary>Sends one request and reads its whole response.</summary>
internal static class HttpExchange
{
    /// <summary>Bytes of a response at most (spec/workflows.md 5.3).</summary>
    public const int LargestBody = 2 << 20;

    /// <summary>The response; a <see cref="CallFault"/> when there is none, or none that may be taken.</summary>
    public static async Task<HttpAnswer> Send(HttpClient client, HttpCall call, CancellationToken cancel)
    {
        using var message = Message(call);
        try
        {
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancel);
            var isEmpty = call.Method is "HEAD" or "CONNECT";
            var bytes = isEmpty ? default : await Read(response, call, cancel);
            var type = response.Content.Headers.TryGetValues("Content-Type", out var types) ? types.First() : null;
            return new HttpAnswer(
                (int)response.StatusCode, Headers(response), MediaKinds.Value(type, bytes),
                response.Headers.TryGetValues("Location", out var places) ? places.First() : null);
        }
        catch (HttpRequestException failure)
        {
            throw Fault(failure, call);
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            throw Broken(call, failure);
        }
    }

    private static HttpRequestMessage Message(HttpCall call)
    {
        var message = new HttpRequestMessage(new HttpMethod(call.Method), call.Url);
        // A write always has a content, be it empty: without one the client may send it twice over an old connection.
        var mayWrite = call.Method is not ("GET" or "HEAD" or "OPTIONS" or "TRACE" or "CONNECT");
        if (call.Body is not null || mayWrite)
            message.Content = new ByteArrayContent(call.Body ?? []);
        if (call.Method == "CONNECT")
            message.Headers.Host = call.Url.Authority;
        foreach (var (name, value) in call.Headers)
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content?.Headers.TryAddWithoutValidation(name, value);
        return message;
    }

    private static async Task<ReadOnlyMemory<byte>> Read(
        HttpResponseMessage response, HttpCall call, CancellationToken cancel)
    {
        if (response.Content.Headers.ContentLength > LargestBody)
            throw TooLarge(call);
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        var buffer = new MemoryStream();
        var chunk = new byte[16 << 10];
        while (await stream.ReadAsync(chunk, cancel) is > 0 and var read)
        {
            if (buffer.Length + read > LargestBody)
                throw TooLarge(call);
            buffer.Write(chunk, 0, read);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static FlowMap Headers(HttpResponseMessage response)
    {
        var headers = new FlowMapBuilder();
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
            headers.Set(Canonical(name), FlowValue.Of(string.Join(", ", values.AsEnumerable())));
        return headers.ToMap();
    }

    /// <summary>`x-foo-bar` as `X-Foo-Bar`.</summary>
    internal static string Canonical(string name)
    {
        var text = new StringBuilder(name.Length);
        var isFirst = true;
        foreach (var c in name)
        {
            text.Append(isFirst ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c));
            isFirst = c == '-';
        }

        return text.ToString();
    }

    private static CallFault Fault(HttpRequestException failure, HttpCall call) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => Never(call, "its name cannot be resolved"),
        HttpRequestError.SecureConnectionError => Never(
            call, $"no secure connection: {failure.InnerException?.Message ?? failure.Message}"),
        HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError => Never(
            call, failure.InnerException?.Message ?? failure.Message),
        _ => Broken(call, failure),
    };

    private static CallFault Never(HttpCall call, string why) =>
        CallFault.Tagged(FlowTags.ConnectionFailed, $"no connection to {call.Url.Authority}: {why.TrimEnd('.')}");

    private static CallFault Broken(HttpCall call, Exception failure) => CallFault.Tagged(
        FlowTags.Connection,
        $"the connection to {call.Url.Authority} broke before there was a whole response: "
        + (failure.InnerException ?? failure).Message.TrimEnd('.'));

    private static CallFault TooLarge(HttpCall call) => CallFault.Tagged(
        FlowTags.ResourceLimit, $"the response of {call.Url.Authority} is larger than {LargestBody} bytes");
}

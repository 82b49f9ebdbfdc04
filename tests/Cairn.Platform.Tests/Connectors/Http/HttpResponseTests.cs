using System.Text;
using Cairn.Engine.Effects;
using Cairn.Flows.Values;

namespace Cairn.Platform.Tests.Connectors.Http;

/// <summary>What a call makes of responses, and of servers that send none (spec/workflows.md 5.3).</summary>
public sealed class HttpResponseTests : IDisposable
{
    private readonly CallBench _bench = new();

    [Theory]
    [InlineData("application/json", """{"a":[1,2.0,null],"$b":"c"}""", """{"a":[1,2.0,null],"$$b":"c"}""")]
    [InlineData("application/problem+json; charset=utf-8", "[true]", "[true]")]
    [InlineData("application/json", "{broken", "\"{broken\"")]
    [InlineData("text/html", "<p>ä</p>", "\"<p>ä</p>\"")]
    [InlineData("application/xml", "<a/>", "\"<a/>\"")]
    [InlineData("application/octet-stream", "abc", """{"$bytes":"YWJj"}""")]
    [InlineData("image/png", "", "\"\"")]
    public async Task A_body_is_parsed_by_its_content_type(string type, string body, string value)
    {
        using var server = LoopbackServer.Sending(type, body);

        var answer = (await Get(server)).AsMap();

        Assert.Equal(200, answer.Get("code").AsInteger());
        Assert.Equal(value, Encoding.UTF8.GetString(FlowJson.Encode(answer.Get("body"))));
    }

    [Fact]
    public async Task Header_names_are_canonical_and_repeated_ones_are_joined()
    {
        using var server = LoopbackServer.Answering(
            "HTTP/1.1 204 No Content\nx-foo-bar: 1\nSET-COOKIE: a=1\nset-cookie: b=2\n\n");

        var headers = (await Get(server)).AsMap().Get("headers").AsMap();

        Assert.Equal("1", headers.Get("X-Foo-Bar").AsText());
        Assert.Equal("a=1, b=2", headers.Get("Set-Cookie").AsText());
        Assert.False(headers.Has("x-foo-bar"));
    }

    [Fact]
    public async Task Header_names_are_found_in_any_case_under_the_tolerant_rules()
    {
        using var server = LoopbackServer.Answering("HTTP/1.1 204 No Content\nx-foo-bar: 1\n\n");

        var answer = await _bench.Call("http.read", "http.get", $$"""{"url":"{{server.Url}}/"}""", lenient: true);

        Assert.Equal("1", answer.AsMap().Get("headers").AsMap().Get("x-foo-bar").AsText());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(503)]
    public async Task A_status_from_400_on_is_an_error_with_its_body(int code)
    {
        using var server = LoopbackServer.Answering(
            $"HTTP/1.1 {code} Bad\nContent-Type: application/json\nContent-Length: 7\n\n{{\"a\":1}}");

        var error = await Fault(server);

        Assert.Equal($"HTTP server responded with error code {code}", error.Get("message").AsText());
        Assert.Equal("HttpError", error.Get("tags").AsList()[0].AsText());
        Assert.Equal(code, error.Get("code").AsInteger());
        Assert.Equal(1, error.Get("body").AsMap().Get("a").AsInteger());
        Assert.Equal("7", error.Get("headers").AsMap().Get("Content-Length").AsText());
    }

    [Fact]
    public async Task A_redirect_is_followed_and_carries_no_credentials_to_another_host()
    {
        using var target = LoopbackServer.Sending("text/plain", "there");
        using var server = LoopbackServer.Answering(
            $"HTTP/1.1 302 Found\nLocation: http://localhost:{target.Port}/next\nContent-Length: 0\n\n");

        var answer = await _bench.Call(
            "http.read", "http.get", $$$"""{"url":"{{{server.Url}}}/","headers":{"Authorization":"x","X-A":"y"}}""");

        Assert.Equal("there", answer.AsMap().Get("body").AsText());
        Assert.StartsWith("GET /next ", target.Request, StringComparison.Ordinal);
        Assert.Contains("X-A: y", target.Request, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", target.Request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_of_a_write_is_its_result()
    {
        using var server = LoopbackServer.Answering("HTTP/1.1 303 See Other\nLocation: /x\nContent-Length: 0\n\n");

        var answer = await _bench.Call("http.write", "http.post", $$"""{"url":"{{server.Url}}/"}""");

        Assert.Equal(303, answer.AsMap().Get("code").AsInteger());
    }

    [Fact]
    public async Task Endless_redirects_end_after_ten()
    {
        using var server = LoopbackServer.Answering("HTTP/1.1 302 Found\nLocation: /again\nContent-Length: 0\n\n");

        var error = await Fault(server);

        Assert.Equal("HttpError", error.Get("tags").AsList()[0].AsText());
        Assert.StartsWith("stopped after 10 redirects", error.Get("message").AsText(), StringComparison.Ordinal);
        Assert.Equal(11, server.Requests.Count);
    }

    [Theory]
    [InlineData("Content-Length: 1073741824\r\n")]
    [InlineData("Connection: close\r\n")]
    public async Task A_server_that_sends_a_gigabyte_is_cut_off_at_2_MB(string header)
    {
        long sent = 0;
        using var server = new LoopbackServer(async (_, stream, cancel) =>
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\n{header}\r\n"), cancel);
            var chunk = new byte[1 << 16];
            for (; sent < 1L << 30; sent += chunk.Length)
                await stream.WriteAsync(chunk, cancel);
        });

        var error = await Fault(server);

        Assert.Equal("ResourceLimitError", error.Get("tags").AsList()[0].AsText());
        Assert.InRange(Volatile.Read(ref sent), 0, 64 << 20);
    }

    [Fact]
    public async Task A_compressed_gigabyte_is_cut_off_at_2_MB()
    {
        using var packed = new MemoryStream();
        using (var zip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 16; i++)
                zip.Write(zeros);
        }

        using var server = new LoopbackServer(async (_, stream, cancel) =>
        {
            await stream.WriteAsync(
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n"u8.ToArray(),
                cancel);
            await stream.WriteAsync(packed.ToArray(), cancel);
        });

        Assert.Equal("ResourceLimitError", (await Fault(server)).Get("tags").AsList()[0].AsText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab")]
    [InlineData("this is not HTTP\r\n\r\n")]
    public async Task A_response_that_breaks_off_is_a_ConnectionError(string response)
    {
        using var server = new LoopbackServer(async (_, stream, cancel) =>
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(response), cancel);
            stream.Socket.LingerState = new System.Net.Sockets.LingerOption(true, 0);
        });

        var error = await Fault(server);

        Assert.Equal("ConnectionError", error.Get("tags").AsList()[0].AsText());
        Assert.False(error.Has("code"));
    }

    [Fact]
    public async Task A_write_whose_connection_breaks_is_sent_once()
    {
        using var server = new LoopbackServer((_, stream, _) =>
        {
            stream.Socket.LingerState = new System.Net.Sockets.LingerOption(true, 0);
            return Task.CompletedTask;
        });

        await _bench.Fault("http.write", "http.post", $$"""{"url":"{{server.Url}}/"}""");

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("http://no-such-host.invalid/")]
    public async Task A_connection_that_is_never_made_is_a_ConnectionFailedError(string url)
    {
        var error = await _bench.Fault("http.read", "http.get", $$"""{"url":"{{url}}"}""");

        Assert.Equal("ConnectionFailedError", error.Get("tags").AsList()[0].AsText());
    }

    [Fact]
    public async Task A_TLS_handshake_with_a_server_that_has_none_is_a_ConnectionFailedError()
    {
        using var server = new LoopbackServer(async (_, stream, cancel) =>
            await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), cancel))
        {
            SpeaksFirst = true,
        };

        var error = await _bench.Fault("http.read", "http.get", $$"""{"url":"https://127.0.0.1:{{server.Port}}/"}""");

        Assert.Equal("ConnectionFailedError", error.Get("tags").AsList()[0].AsText());
    }

    [Fact]
    public async Task A_server_that_hangs_is_left_when_the_flow_says_stop()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var server = new LoopbackServer(async (_, _, cancel) =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, cancel);
        });
        var order = _bench.Order("http.read", "http.get", $$"""{"url":"{{server.Url}}/"}""");
        var performer = _bench.PerformerOf(order);
        performer.Admit([order]);
        performer.Start(order);
        await arrived.Task;

        performer.Tell(order, "{\"stop\":true}"u8.ToArray());

        Assert.Equal(Ending.Known, (await _bench.Log.End(order.Key)).Ending);
    }

    [Fact]
    public async Task A_parked_run_gets_its_request_back_as_interrupted()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var server = new LoopbackServer(async (_, _, cancel) =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, cancel);
        });
        var order = _bench.Order("http.read", "http.get", $$"""{"url":"{{server.Url}}/"}""");
        var performer = _bench.PerformerOf(order);
        performer.Admit([order]);
        performer.Start(order);
        await arrived.Task;

        performer.Stop(order, StopReason.Interrupted);

        Assert.Equal(Ending.Interrupted, (await _bench.Log.End(order.Key)).Ending);
    }

    public void Dispose() => _bench.Dispose();

    private Task<FlowValue> Get(LoopbackServer server) =>
        _bench.Call("http.read", "http.get", $$"""{"url":"{{server.Url}}/"}""");

    private Task<FlowMap> Fault(LoopbackServer server) =>
        _bench.Fault("http.read", "http.get", $$"""{"url":"{{server.Url}}/"}""");
}

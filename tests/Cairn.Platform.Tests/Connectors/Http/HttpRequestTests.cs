using Cairn.Flows.Values;

namespace Cairn.Platform.Tests.Connectors.Http;

/// <summary>What a call sends (spec/workflows.md 5.1 and 5.2).</summary>
public sealed class HttpRequestTests : IDisposable
{
    private const string Agent = "GoogleCloudWorkflows; (+https://cloud.google.com/workflows/docs)";
    private readonly CallBench _bench = new();
    private readonly LoopbackServer _server = LoopbackServer.Sending("text/plain", "ok");

    [Theory]
    [InlineData("""{"a": "x y", "b": 1, "c": true, "d": [1, "&"], "e": null}""", "?a=x%20y&b=1&c=true&d=1&d=%26")]
    [InlineData("""{"n": 1.0, "f": 0.5}""", "?n=1&f=0.5")]
    [InlineData("{}", "")]
    public async Task A_query_is_encoded_and_lists_repeat_their_name(string query, string sent)
    {
        await Get($$""" "query": {{query}} """);

        Assert.StartsWith($"GET /p{sent} HTTP/1.1\r\n", _server.Request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_of_the_address_is_kept_in_front()
    {
        await _bench.Call("http.read", "http.get", $$$"""{"url":"{{{_server.Url}}}/p?x=1%202","query":{"y":2}}""");

        Assert.StartsWith("GET /p?x=1%202&y=2 HTTP/1.1\r\n", _server.Request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"k":[1,2.5,"ä"]}""", "", "application/json; charset=utf-8", """{"k":[1,2.5,"ä"]}""")]
    [InlineData("\"text\"", "", "application/json; charset=utf-8", "\"text\"")]
    [InlineData("""{"$bytes":"AAEC"}""", "", "application/octet-stream", "\u0000\u0001\u0002")]
    [InlineData("""{"a":"x y","b":2}""", "application/x-www-form-urlencoded", null, "a=x+y&b=2")]
    [InlineData("\"<a/>\"", "text/xml", null, "<a/>")]
    [InlineData("\"[1]\"", "application/json", null, "\"[1]\"")]
    [InlineData("""{"k":1}""", "application/ld+json", null, """{"k":1}""")]
    [InlineData("""{"$bytes":"eA=="}""", "application/json", null, "x")]
    public async Task A_body_is_encoded_by_its_kind_and_content_type(
        string body, string given, string? added, string sent)
    {
        var headers = given.Length > 0 ? $$$""" ,"headers":{"content-type":"{{{given}}}"} """ : "";
        await _bench.Call(
            "http.write", "http.post", $$"""{"url":"{{_server.Url}}/","body":{{body}}{{headers}}}""");

        Assert.Contains($"Content-Type: {added ?? given}\r\n", _server.Request, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("\r\n\r\n" + sent, _server.Request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_string_of_JSON_is_sent_as_it_stands_under_the_tolerant_rules()
    {
        await _bench.Call(
            "http.write", "http.post",
            $$$"""{"url":"{{{_server.Url}}}/","body":"{\"a\":1}","headers":{"Content-Type":"application/json"}}""",
            lenient: true);

        Assert.EndsWith("\r\n\r\n{\"a\":1}", _server.Request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_body_no_content_type_is_sent()
    {
        await _bench.Call("http.write", "http.delete", $$"""{"url":"{{_server.Url}}/"}""");

        Assert.StartsWith("DELETE / HTTP/1.1\r\n", _server.Request, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Type", _server.Request, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("""{"X-N": 7, "x-b": true}""", "X-N: 7\r\n", "x-b: true\r\n")]
    [InlineData("""{"user-agent": "mine/1"}""", "User-Agent: mine/1 " + Agent + "\r\n", "")]
    [InlineData("{}", "User-Agent: " + Agent + "\r\n", "")]
    public async Task Headers_are_sent_as_given_and_the_agent_is_named_last(string headers, string one, string other)
    {
        await Get($$""" "headers": {{headers}} """);

        Assert.Contains(one, _server.Request, StringComparison.Ordinal);
        Assert.Contains(other, _server.Request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"url":7}""", "TypeError")]
    [InlineData("""{"url":"ftp://x/"}""", "ValueError")]
    [InlineData("""{"url":"/relative"}""", "ValueError")]
    [InlineData("{}", "TypeError")]
    [InlineData("""{"url":"http://127.0.0.1:1/","timeout":1801}""", "ValueError")]
    [InlineData("""{"url":"http://127.0.0.1:1/","timeout":"10"}""", "TypeError")]
    [InlineData("""{"url":"http://127.0.0.1:1/","headers":{"a b":"c"}}""", "ValueError")]
    [InlineData("""{"url":"http://127.0.0.1:1/","headers":{"a":"c\r\nd: e"}}""", "ValueError")]
    [InlineData("""{"url":"http://127.0.0.1:1/","headers":{"a":{}}}""", "TypeError")]
    [InlineData("""{"url":"http://127.0.0.1:1/","query":{"a":{"b":1}}}""", "TypeError")]
    [InlineData("""{"url":"http://127.0.0.1:1/","query":"a=b"}""", "TypeError")]
    [InlineData("""{"url":"http://127.0.0.1:1/","auth":{"type":"Basic"}}""", "ValueError")]
    [InlineData("""{"url":"http://127.0.0.1:1/","ca_certificate":"text"}""", "ValueError")]
    [InlineData("""{"url":"https://127.0.0.1:1/","ca_certificate":{"$bytes":"AAEC"}}""", "ValueError")]
    [InlineData("""{"url":"http://127.0.0.1:1/","private_service_name":"s"}""", "ValueError")]
    public async Task A_wrong_argument_is_named(string args, string tag)
    {
        var error = await _bench.Fault("http.read", "http.get", args);

        Assert.Equal(FlowValue.ListOf(FlowValue.Of(tag)), error.Get("tags"));
        Assert.False(error.Has("code"));
    }

    [Fact]
    public async Task An_unknown_method_is_refused_with_the_known_ones()
    {
        var error = await _bench.Fault(
            "http.write", "http.request", """{"url":"http://127.0.0.1:1/","method":"get"}""");

        Assert.Equal(
            "method should be one of GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH, not \"get\"",
            error.Get("message").AsText());
    }

    public void Dispose()
    {
        _server.Dispose();
        _bench.Dispose();
    }

    private Task<FlowValue> Get(string more) =>
        _bench.Call("http.read", "http.get", $$"""{"url":"{{_server.Url}}/p",{{more}}}""");
}

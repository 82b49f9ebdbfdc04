using System.Net;
using System.Text;
using Cairn.Engine.Runs;

namespace Cairn.Platform.Tests.Connectors.Flows;

/// <summary>Callbacks of real runs by real requests (spec/workflows.md 7.5).</summary>
public sealed class CallbackTests : IAsyncDisposable
{
    private const string Waiting = """
        main:
          steps:
          - make: {call: events.create_callback_endpoint, args: {http_callback_method: POST}, result: endpoint}
          - tell:
              call: googleapis.storage.v1.objects.insert
              args: {bucket: acme, name: url, body: '${endpoint.url}'}
          - gate: {call: sys.sleep, args: {seconds: SLEEP}}
          - wait: {call: events.await_callback, args: {callback: '${endpoint}', timeout: 60}, result: request}
          - done: {return: '${request}'}
        """;

    private readonly FlowBench _bench = new("stores: {s: {url: \"file:data\", serves: [\"gs://acme\"]}}\n");
    private readonly HttpClient _client = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_wakes_the_flow_with_all_that_it_brought()
    {
        var (run, url) = await Start(seconds: 0);

        var code = await Send(HttpMethod.Post, url + "?who=me", """{"approved":true}""");
        var request = (await _bench.End(run)).GetProperty("result");

        Assert.Equal(HttpStatusCode.OK, code);
        var http = request.GetProperty("http_request");
        Assert.Equal("HTTP", request.GetProperty("type").GetString());
        Assert.True(http.GetProperty("body").GetProperty("approved").GetBoolean());
        Assert.Equal("POST", http.GetProperty("method").GetString());
        Assert.Equal("me", http.GetProperty("query").GetProperty("who").GetString());
        Assert.StartsWith("application/json", http.GetProperty("headers").GetProperty("Content-Type").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_before_the_wait_is_kept_and_a_second_one_is_429()
    {
        var (run, url) = await Start(seconds: 3600);

        var first = await Send(HttpMethod.Post, url, "{\"n\":1}");
        var second = await Send(HttpMethod.Post, url, "{\"n\":2}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (first, second));
        await CancelAsync(run);
    }

    [Fact]
    public async Task Another_method_is_405_and_what_is_not_there_is_404()
    {
        var (run, url) = await Start(seconds: 3600);

        var wrong = await Send(HttpMethod.Put, url, "");
        var none = await Send(HttpMethod.Post, url + "0", "");
        await CancelAsync(run);
        var over = await Send(HttpMethod.Post, url, "");

        Assert.Equal(
            (HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (wrong, none, over));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_413()
    {
        var (run, url) = await Start(seconds: 3600);

        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge, await Send(HttpMethod.Post, url, new string('x', (2 << 20) + 1)));
        await CancelAsync(run);
    }

    [Fact]
    public async Task An_endpoint_and_a_request_that_was_accepted_survive_a_restart()
    {
        var (run, url) = await Start(seconds: 0);
        await _bench.RestartAsync();
        var other = await Start(seconds: 3600);

        Assert.Equal(HttpStatusCode.OK, await Send(HttpMethod.Post, other.Url, "\"kept\""));
        await _bench.RestartAsync();
        Assert.Equal(HttpStatusCode.OK, await SendWhenOpen(url, "\"late\""));

        var end = await _bench.End(run);
        Assert.Equal("late", end.GetProperty("result").GetProperty("http_request").GetProperty("body").GetString());
        Assert.Equal(HttpStatusCode.TooManyRequests, await Send(HttpMethod.Post, other.Url, ""));
        await CancelAsync(other.Run);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _bench.DisposeAsync();
    }

    private async Task<(RunHead Run, string Url)> Start(int seconds)
    {
        Directory.CreateDirectory(_bench.Folder.At("data"));
        File.Delete(_bench.Folder.At("data/url"));
        var run = await _bench.Start(Waiting.Replace("SLEEP", $"{seconds}", StringComparison.Ordinal));
        await _bench.Until(run, () => File.Exists(_bench.Folder.At("data/url")));
        var url = await File.ReadAllTextAsync(_bench.Folder.At("data/url"), Cancel);
        Assert.Contains($"/executions/{run.Id}/callbacks/", url, StringComparison.Ordinal);
        return (run, url);
    }

    private async Task<HttpStatusCode> Send(HttpMethod method, string url, string body)
    {
        using var request = new HttpRequestMessage(method, url)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        using var response = await _client.SendAsync(request, Cancel);
        return response.StatusCode;
    }

    // The new owner opens the door on its own time.
    private async Task<HttpStatusCode> SendWhenOpen(string url, string body)
    {
        while (true)
        {
            try
            {
                return await Send(HttpMethod.Post, url, body);
            }
            catch (HttpRequestException)
            {
                await Task.Yield();
            }
        }
    }

    private async Task CancelAsync(RunHead run)
    {
        await _bench.Engine.SendAsync(run, new("c", Cairn.Engine.Programs.InboxKind.Cancel, "{}"u8.ToArray()));
        await _bench.End(run);
    }
}

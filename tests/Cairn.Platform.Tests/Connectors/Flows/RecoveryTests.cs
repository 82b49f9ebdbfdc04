using System.Text;
using Cairn.Platform.Tests.Connectors.Http;

namespace Cairn.Platform.Tests.Connectors.Flows;

/// <summary>
/// Calls that a stopped engine left open, one a recovery class, in whole runs (spec/workflows.md 7.8). Reattaching is
/// in
/// <see cref="ChildTests"/>, verifying in the tests of storage and records.
/// </summary>
public sealed class RecoveryTests : IAsyncDisposable
{
    private readonly FlowBench _bench = new();
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LoopbackServer _server;
    private int _count;

    public RecoveryTests() => _server = new LoopbackServer(async (_, stream, cancel) =>
    {
        // The first request hangs for ever; a second one is answered.
        if (Interlocked.Increment(ref _count) == 1)
        {
            _arrived.SetResult();
            await Task.Delay(Timeout.Infinite, cancel);
        }

        await stream.WriteAsync(
            Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"),
                cancel);
    });

    [Fact]
    public async Task A_read_is_sent_again()
    {
        var run = await _bench.Start(Flow("http.get"));
        await _arrived.Task;

        await _bench.RestartAsync();
        var end = await _bench.End(run);

        Assert.Equal("ok", end.GetProperty("result").GetString());
        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task A_write_is_never_sent_again_and_ends_as_the_documented_error()
    {
        var run = await _bench.Start(Flow("http.post"));
        await _arrived.Task;

        await _bench.RestartAsync();
        var end = await _bench.End(run);

        Assert.Equal("ConnectionError", end.GetProperty("result").GetString());
        Assert.Single(_server.Requests);
    }

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        _server.Dispose();
    }

    private string Flow(string call) => $$"""
        main:
          steps:
          - ask:
              try:
                call: {{call}}
                args:
                  url: '{{_server.Url}}/'
                result: answer
              except:
                as: e
                steps:
                - failed:
                    return: '${e.tags[0]}'
          - done:
              return: '${answer.body}'
        """;
}

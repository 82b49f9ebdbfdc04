using System.Net;
using System.Net.Sockets;
using System.Text;
using Cairn.Conformance.Tables;

namespace Cairn.Conformance.Worlds;

/// <summary>
/// A server on this machine with every manner that the http table asks for. It speaks HTTP over raw sockets, because
/// breaking off in the middle is one of the manners.
/// </summary>
internal sealed class WebServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Queue<CannedReply> _replies;
    private int _hanging;
    private int _requests;

    public WebServer(IEnumerable<CannedReply> replies)
    {
        _replies = new Queue<CannedReply>(replies);
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>`http://127.0.0.1:PORT`.</summary>
    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Requests that are kept waiting on purpose.</summary>
    public int Hanging => Volatile.Read(ref _hanging);

    /// <summary>Requests under /reply so far.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Called when a request begins to hang.</summary>
    public Action Hung { get; set; } = static () => { };

    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
            return;
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            while (await WebRequest.ReadAsync(stream, _stopping.Token) is { } request)
                if (!await AnswerAsync(request, stream)) return;
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client left, or the test is over.
            return;
        }
    }

    /// <summary>Answers one request; false: the connection is to be closed.</summary>
    private async Task<bool> AnswerAsync(WebRequest request, NetworkStream stream)
    {
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        switch (parts is [var first, ..] ? first : "")
        {
            case "echo":
                var echo = Encoding.UTF8.GetBytes(request.ToJson());
                await SendAsync(stream, request, "200 OK", "application/json", echo);
                return true;
            case "reply":
                Interlocked.Increment(ref _requests);
                await ReplyAsync(stream, request, NextReply());
                return true;
            case "redirect":
                var left = int.Parse(parts[1]) - 1;
                var next = left == 0 ? "/echo" : $"/redirect/{left}";
                await SendAsync(stream, request, "302 Found", null, [], $"Location: {next}");
                return true;
            case "large":
                await SendAsync(stream, request, "200 OK", "text/plain", new byte[int.Parse(parts[1])]);
                return true;
            case "break":
                return false;
            case "break-body":
                await stream.WriteAsync(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\npart"u8.ToArray());
                return false;
            case "hang":
                Interlocked.Increment(ref _hanging);
                Hung();
                await Task.Delay(Timeout.Infinite, _stopping.Token);
                return false;
            default:
                await SendAsync(stream, request, "404 Not Found", "text/plain", "nothing here"u8.ToArray());
                return true;
        }
    }

    private CannedReply NextReply()
    {
        lock (_replies)
            return _replies.Count > 1 ? _replies.Dequeue() : _replies.Peek();
    }

    private static Task ReplyAsync(NetworkStream stream, WebRequest request, CannedReply reply) =>
        SendAsync(
            stream, request, $"{reply.Status} Canned", reply.ContentType, Encoding.UTF8.GetBytes(reply.Body),
            [.. reply.Headers]);

    private static async Task SendAsync(
        NetworkStream stream, WebRequest request, string status, string? contentType, byte[] body,
        params string[] headers)
    {
        var head = new StringBuilder($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n");
        if (contentType is not null) head.Append($"Content-Type: {contentType}\r\n");
        foreach (var header in headers) head.Append(header).Append("\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()));
        if (request.Method != "HEAD") await stream.WriteAsync(body);
    }
}

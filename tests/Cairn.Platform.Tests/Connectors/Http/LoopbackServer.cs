using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cairn.Platform.Tests.Connectors.Http;

/// <summary>A server on a raw socket that may break every rule of HTTP.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Func<string, NetworkStream, CancellationToken, Task> _serve;
    private readonly List<string> _requests = [];

    /// <summary>Listens at once.</summary>
    /// <param name="serve">Gets the head and body of a request and writes what it likes; then the line is cut.</param>
    public LoopbackServer(Func<string, NetworkStream, CancellationToken, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"http://127.0.0.1:{Port}";

    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    public string Request => Assert.Single(Requests);

    /// <summary>Answers before anything is asked.</summary>
    public bool SpeaksFirst { get; init; }

    /// <summary>Answers every request with the same text.</summary>
    public static LoopbackServer Answering(string response) => new(async (_, stream, cancel) =>
        await stream.WriteAsync(Encoding.Latin1.GetBytes(response.ReplaceLineEndings("\r\n")), cancel));

    /// <summary>200 with a body of a type.</summary>
    public static LoopbackServer Sending(string type, string body) => new(async (_, stream, cancel) =>
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {bytes.Length}\r\n\r\n"), cancel);
        await stream.WriteAsync(bytes, cancel);
    });

    public void Dispose()
    {
        _closing.Cancel();
        _listener.Dispose();
        _closing.Dispose();
    }

    private async Task Accept()
    {
        var closing = _closing.Token;
        try
        {
            while (true)
                _ = Serve(await _listener.AcceptTcpClientAsync(closing), closing);
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task Serve(TcpClient client, CancellationToken closing)
    {
        using var connection = client;
        try
        {
            var stream = client.GetStream();
            if ((SpeaksFirst ? "" : await Read(stream, closing)) is not { } request)
                return;
            lock (_requests)
                _requests.Add(request);
            await _serve(request, stream, closing);
        }
        catch (Exception broken) when (broken is OperationCanceledException or IOException or SocketException)
        {
            // The other side went away, as some tests want it.
        }
    }

    private static async Task<string?> Read(NetworkStream stream, CancellationToken cancel)
    {
        var bytes = new List<byte>();
        var chunk = new byte[4096];
        while (true)
        {
            var text = Encoding.UTF8.GetString([.. bytes]);
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head >= 0 && bytes.Count >= head + 4 + Length(text[..head]))
                return text;
            var read = await stream.ReadAsync(chunk, cancel);
            if (read == 0)
                return null;
            bytes.AddRange(chunk[..read]);
        }
    }

    private static int Length(string head) => head.Split("\r\n")
        .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
        .Select(line => int.Parse(line.Split(':')[1])).FirstOrDefault();
}

using System.Net.Sockets;
using System.Text;

namespace Cairn.Engine.Hosting;

/// <summary>
/// The owner's end of the Unix socket in the state folder (0700). Other processes commit their rows themselves and send
/// `poke`; `places UID` asks where a run's asks are. A connection that closes tells its watcher that the owner has
/// gone.
/// </summary>
internal sealed class WakeSocket : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _closing = new();
    private readonly string _path;
    private readonly Action _poked;
    private readonly Func<string, Task<string>> _places;

    public WakeSocket(string path, Action poked, Func<string, Task<string>> places)
    {
        (_path, _poked, _places) = (path, poked, places);
        File.Delete(path);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _ = AcceptAsync();
    }

    public void Dispose()
    {
        _closing.Cancel();
        _listener.Dispose();
        File.Delete(_path);
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        var token = _closing.Token;
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptAsync(token), token);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The owner leaves.
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken token)
    {
        await using var stream = new NetworkStream(client, ownsSocket: true);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        try
        {
            while (await reader.ReadLineAsync(token) is { } line)
            {
                if (line == "poke") _poked();
                else if (line.StartsWith("places ", StringComparison.Ordinal))
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(await _places(line[7..]) + "\n"), token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // A client that goes away is no event.
        }
    }
}

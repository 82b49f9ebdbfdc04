using System.Net.Sockets;
using System.Text;

namespace Cairn.Engine.Hosting;

/// <summary>A watcher's connection to the owner of its state folder.</summary>
internal sealed class OwnerLink : IDisposable
{
    private readonly NetworkStream _stream;
    private readonly StreamReader _reader;

    private OwnerLink(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new StreamReader(_stream, Encoding.UTF8);
    }

    /// <summary>Connects; null: nobody listens (any more, or yet).</summary>
    public static async Task<OwnerLink?> TryConnectAsync(string path, CancellationToken token)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), token);
            return new OwnerLink(socket);
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    /// <summary>
    /// Asks the owner to look at the journal; a failure is no matter, it looks by itself now and then.
    /// </summary>
    public async Task PokeAsync(CancellationToken token) => await SendAsync("poke\n", token);

    /// <summary>The owner's answer in one line; null: it has gone.</summary>
    public async Task<string?> AskAsync(string question, CancellationToken token)
    {
        if (!await SendAsync(question + "\n", token)) return null;
        return await ReadAsync(token);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }

    private async Task<bool> SendAsync(string line, CancellationToken token)
    {
        try
        {
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(line), token);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<string?> ReadAsync(CancellationToken token)
    {
        try
        {
            return await _reader.ReadLineAsync(token);
        }
        catch (IOException)
        {
            return null;
        }
    }
}

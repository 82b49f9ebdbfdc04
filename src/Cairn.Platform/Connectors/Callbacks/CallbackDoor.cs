using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Cairn.Platform.Connectors.Callbacks;

/// <summary>
/// A listener on this machine's loopback address, open while the owner of the state folder has endpoints. The port is
/// kept in the state folder and taken again when it is free, so that addresses survive a restart.
/// </summary>
internal sealed class CallbackDoor(string stateFolder, CallbackRequests requests) : IDisposable
{
    private const int Attempts = 20;

    private readonly SemaphoreSlim _opening = new(1);
    private readonly CancellationTokenSource _closing = new();
    private HttpListener? _listener;
    private string _address = "";

    private string PortFile => Path.Combine(stateFolder, "callbacks.port");

    /// <summary>Opens the door when it is closed; returns `http://127.0.0.1:PORT`.</summary>
    public async Task<string> Open(CancellationToken cancel)
    {
        await _opening.WaitAsync(cancel);
        try
        {
            if (_listener is not null)
                return _address;
            (_listener, var port) = Listen();
            _address = $"http://127.0.0.1:{port}";
            _ = Serve(_listener);
            return _address;
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _closing.Cancel();
        _listener?.Close();
        requests.Dispose();
    }

    private (HttpListener Listener, int Port) Listen()
    {
        for (var attempt = 0; ; attempt++)
        {
            var port = attempt == 0 && KeptPort() is { } kept ? kept : FreePort();
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            listener.Prefixes.Add($"http://localhost:{port}/");
            try
            {
                listener.Start();
                File.WriteAllText(PortFile, port.ToString(CultureInfo.InvariantCulture));
                return (listener, port);
            }
            catch (Exception taken) when (taken is HttpListenerException or SocketException && attempt < Attempts)
            {
                listener.Close();
            }
        }
    }

    private int? KeptPort()
    {
        try
        {
            return int.TryParse(File.ReadAllText(PortFile), CultureInfo.InvariantCulture, out var port)
                && port is > 0 and <= ushort.MaxValue ? port : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task Serve(HttpListener listener)
    {
        try
        {
            while (true)
                _ = requests.Answer(await listener.GetContextAsync(), _closing.Token);
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The owner leaves: whoever owns the folder next opens the door again.
        }
    }
}

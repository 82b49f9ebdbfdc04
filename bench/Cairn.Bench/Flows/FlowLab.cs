using System.Net;
using System.Net.Sockets;
using Cairn.Engine.Hosting;
using Cairn.Engine.Runs;
using Cairn.Engine.Secrets;
using Cairn.Flows.Compiling;
using Cairn.Flows.Program;
using Cairn.Platform.Connectors;
using Cairn.Platform.Connectors.Runs;
using Cairn.Platform.Deployments;
using Cairn.Platform.Projects;
using Cairn.Platform.Stores;

namespace Cairn.Bench.Flows;

/// <summary>An engine that runs flows with their real performers, and a web server on this machine for them to
/// call.</summary>
internal sealed class FlowLab : IAsyncDisposable
{
    private static readonly byte[] s_response =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"a\": 1}"u8.ToArray();

    private readonly Lab _lab = new();
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly ObjectStores _stores;
    private readonly FlowCalls _calls;
    private readonly Project _project;
    private bool _isClosed;

    public FlowLab()
    {
        _server.Start();
        _ = AcceptAsync();
        _project = ProjectReader.Load(new ProjectPlaces
        {
            Current = _lab.Home,
            Home = _lab.Home,
            UserHome = _lab.Home,
            Shipped = _lab.Home,
        });
        _stores = ObjectStores.Open(_project.StoreLayout, TimeProvider.System);
        var vault = new SecretVault(new byte[32]);
        var desk = new RunDesk();
        _calls = new FlowCalls(new FlowCallsSetup(_project, _stores, vault) { Desk = desk });
        Engine = EngineHost.Open(new EngineSetup(_lab.Home, [new FlowFamily(() => vault)], _calls.Performers)
        {
            Changed = desk.Changed,
        });
        desk.Bind(Engine);
    }

    public EngineHost Engine { get; }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_server.LocalEndpoint).Port}/";

    public string Journal => _lab.Journal;

    public string Home => _lab.Home;

    /// <summary>Starts a flow.</summary>
    public Task<RunHead> StartAsync(string flow)
    {
        var launch = new FlowLaunch("bench", new FlowSource("bench.yaml", flow), new FlowOptions());
        return Engine.SubmitAsync(launch.NewRun(EngineHost.NewUid(), _project, default));
    }

    /// <summary>Waits for the end of a run; a failed one ends the benchmark.</summary>
    public async Task EndAsync(RunHead run)
    {
        var ended = await Engine.WaitAsync(run);
        if (ended.Outcome != Outcome.Succeeded)
            throw new InvalidOperationException(System.Text.Encoding.UTF8.GetString(ended.Result.Span));
    }

    /// <summary>Leaves the engine, once; the journal stays to be read.</summary>
    public async Task CloseAsync()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        await Engine.DisposeAsync();
        _calls.Dispose();
        _stores.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _server.Dispose();
        _lab.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await _server.AcceptTcpClientAsync());
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The measurement is over.
        }
    }

    // A request of a bench fits one packet and has no body: its end is the end of what was read.
    private static async Task AnswerAsync(TcpClient client)
    {
        using var connection = client;
        client.NoDelay = true;
        var stream = client.GetStream();
        var buffer = new byte[8192];
        try
        {
            while (await stream.ReadAsync(buffer) is > 0)
                await stream.WriteAsync(s_response);
        }
        catch (IOException)
        {
            // The client has gone.
        }
    }
}

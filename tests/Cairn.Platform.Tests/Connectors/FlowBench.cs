using System.Text;
using System.Text.Json;
using Cairn.Engine.Hosting;
using Cairn.Engine.Runs;
using Cairn.Engine.Secrets;
using Cairn.Flows.Compiling;
using Cairn.Flows.Program;
using Cairn.Flows.Values;
using Cairn.Graphs.Program;
using Cairn.Platform.Connectors;
using Cairn.Platform.Connectors.Runs;
using Cairn.Platform.Deployments;
using Cairn.Platform.Executors.Local;
using Cairn.Platform.Projects;
using Cairn.Platform.Stores;
using Cairn.Platform.Stores.Transfers;
using Cairn.Platform.Tests.Stores;

namespace Cairn.Platform.Tests.Connectors;

/// <summary>A whole engine over a project's folder: flows, their calls, and tasks on this machine.</summary>
internal sealed class FlowBench : IAsyncDisposable
{
    private static readonly SecretVault s_vault = new(new byte[32]);

    private readonly TempFolder _folder = new();
    private ObjectStores? _stores;
    private LocalExecutor? _executor;
    private FlowCalls? _calls;

    /// <summary>A project in a folder of its own.</summary>
    /// <param name="yaml">What stands in cairn.yaml beside its format.</param>
    /// <param name="files">Files of the project by path.</param>
    public FlowBench(string yaml = "", params ReadOnlySpan<(string Path, string Text)> files)
    {
        _folder.Write("cairn.yaml", "cairn: 1\nname: acme\n" + yaml);
        foreach (var (path, text) in files)
            _folder.Write(path, text);
        Project = ProjectReader.Load(new ProjectPlaces
        {
            Current = _folder.Path,
            UserHome = _folder.Path,
            Shipped = _folder.Path,
        });
        Directory.CreateDirectory(Project.StateFolder);
        Open();
    }

    public Project Project { get; }

    public TempFolder Folder => _folder;

    public EngineHost Engine { get; private set; } = null!;

    public FlowCalls Calls => _calls!;

    public ObjectStores Stores => _stores!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The process ends and another one takes the folder.</summary>
    public async Task RestartAsync()
    {
        await CloseAsync();
        Open();
    }

    public Task<RunHead> Start(string flow, string? args = null, bool lenient = false)
    {
        var launch = new FlowLaunch("main", new FlowSource("main.yaml", flow), new FlowOptions { Lenient = lenient });
        var outcome = FlowCompiler.Compile(launch.Source, launch.Options);
        Assert.Empty(outcome.Errors);
        var argument = args is null ? [] : FlowJson.Encode(PublicJson.Decode(Encoding.UTF8.GetBytes(args)));
        return Engine.SubmitAsync(launch.NewRun(EngineHost.NewUid(), Project, argument));
    }

    /// <summary>The end of a run.</summary>
    public async Task<JsonElement> End(RunHead run)
    {
        var ended = await Engine.WaitAsync(run, Cancel).WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        Assert.True(!ended.IsOpen, $"{ended.Parked}: {ended.ParkMessage}");
        return JsonElement.Parse(ended.Result.Span);
    }

    /// <summary>Runs a flow to its end; its result as JSON text.</summary>
    public async Task<string> Run(string flow, string? args = null, bool lenient = false)
    {
        var end = await End(await Start(flow, args, lenient));
        return end.TryGetProperty("result", out var result)
            ? result.GetRawText()
            : throw new InvalidOperationException(end.GetRawText());
    }

    /// <summary>Waits until something that is committed says yes.</summary>
    public async Task Until(RunHead run, Func<bool> reached)
    {
        await foreach (var _ in Engine.WatchAsync(run, 0, Cancel))
            if (reached())
                return;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
    }

    private void Open()
    {
        _stores = ObjectStores.Open(Project.StoreLayout, TimeProvider.System);
        var transfers = TaskTransfers.Over(new StoreTransfers(_stores), Project.StateFolder, _ => _ => true);
        _executor = new LocalExecutor(LocalExecutorSettings.Of(Project, transfers, _ => null));
        var desk = new RunDesk();
        _calls = new FlowCalls(new FlowCallsSetup(Project, _stores, s_vault)
        {
            Desk = desk,
            Misfit = order => _executor.Misfit([order]),
        });
        Engine = EngineHost.Open(new EngineSetup(
            Project.StateFolder, [new GraphFamily(), new FlowFamily(() => s_vault)],
            [_executor, .. _calls.Performers])
        {
            Changed = desk.Changed,
        });
        desk.Bind(Engine);
    }

    private async Task CloseAsync()
    {
        await Engine.DisposeAsync();
        _calls!.Dispose();
        _executor!.Dispose();
        _stores!.Dispose();
    }
}

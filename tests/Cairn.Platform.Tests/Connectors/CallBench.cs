using System.Globalization;
using System.Text;
using Cairn.Engine.Effects;
using Cairn.Engine.Hosting;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;
using Cairn.Engine.Secrets;
using Cairn.Flows.Values;
using Cairn.Graphs.Program;
using Cairn.Platform.Connectors;
using Cairn.Platform.Connectors.Runs;
using Cairn.Platform.Executors.Local;
using Cairn.Platform.Projects;
using Cairn.Platform.Secrets;
using Cairn.Platform.Stores;
using Cairn.Platform.Stores.Transfers;
using Cairn.Platform.Tests.Executors;
using Cairn.Platform.Tests.Stores;

namespace Cairn.Platform.Tests.Connectors;

/// <summary>The performers of calls over a folder of their own, driven as the engine drives them.</summary>
internal sealed class CallBench : IDisposable, IAsyncDisposable
{
    private static readonly SecretVault s_vault = new(new byte[32]);

    private readonly TempFolder _folder = new();
    private readonly ReportLog _log = new();
    private readonly SortedDictionary<string, string> _environment = new(StringComparer.Ordinal);
    private RunDesk _desk = new();
    private LocalExecutor? _executor;
    private EngineHost? _engine;
    private long _sequence;

    public CallBench(string? yaml = null, IReadOnlyList<Credential>? credentials = null)
    {
        if (yaml is not null)
            _folder.Write("cairn.yaml", "cairn: 1\n" + yaml);
        Project = ProjectReader.Load(new ProjectPlaces
        {
            Current = _folder.Path,
            UserHome = _folder.Path,
            Shipped = _folder.Path,
            Home = _folder.At(".cairn"),
        });
        Directory.CreateDirectory(Project.StateFolder);
        Credentials = credentials ?? [];
        Reopen();
    }

    public Project Project { get; }

    public IReadOnlyList<Credential> Credentials { get; }

    public TempFolder Folder => _folder;

    public ObjectStores Stores { get; private set; } = null!;

    public FlowCalls Calls { get; private set; } = null!;

    public ReportLog Log => _log;

    public EngineHost Engine => _engine!;

    public void SetVariable(string name, string value) => _environment[name] = value;

    /// <summary>A new process on the same folder.</summary>
    public void Reopen()
    {
        Calls?.Dispose();
        Stores?.Dispose();
        Stores = ObjectStores.Open(Project.StoreLayout, TimeProvider.System);
        Calls = new FlowCalls(new FlowCallsSetup(Project, Stores, s_vault)
        {
            Credentials = () => new Credentials(Credentials),
            Environment = name => _environment.GetValueOrDefault(name),
            Desk = _desk,
            Misfit = order => _executor?.Misfit([order]),
        });
        foreach (var performer in Calls.Performers)
            performer.Open(_log);
    }

    /// <summary>
    /// An engine on the folder that performs tasks; calls start their runs there. The calls' own performers stay in the
    /// hands of the test.
    /// </summary>
    public EngineHost OpenEngine()
    {
        var transfers = TaskTransfers.Over(new StoreTransfers(Stores), Project.StateFolder, _ => _ => true);
        _executor = new LocalExecutor(LocalExecutorSettings.Of(Project, transfers, _ => null));
        _engine = EngineHost.Open(new EngineSetup(Project.StateFolder, [new GraphFamily()], [_executor])
        {
            Changed = change => _desk.Changed(change),
        });
        _desk.Bind(_engine);
        return _engine;
    }

    /// <summary>The engine's process ends and another one begins.</summary>
    public async Task RestartAsync()
    {
        await CloseEngineAsync();
        _desk = new RunDesk();
        Reopen();
        OpenEngine();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseEngineAsync();
        Dispose();
    }

    /// <summary>Calls and returns the result; throws the error as <see cref="FlowError"/>.</summary>
    public async Task<FlowValue> Call(string kind, string call, string args, bool lenient = false) =>
        Answer(await End(Order(kind, call, args, lenient)));

    /// <summary>Calls and returns the error map.</summary>
    public async Task<FlowMap> Fault(string kind, string call, string args, bool lenient = false) =>
        (await Assert.ThrowsAsync<FlowError>(() => Call(kind, call, args, lenient))).Value.AsMap();

    /// <summary>An effect with a key of its own.</summary>
    public EffectOrder Order(string kind, string call, string args, bool lenient = false) => new(
        new EffectKey(new RunUid(7), 0, ++_sequence), "flow-1",
        new Ask(kind, Encoding.UTF8.GetBytes(
            $$"""{"call":"{{call}}","args":{{args}}{{(lenient ? ",\"lenient\":true" : "")}}}""")), 1);

    /// <summary>Starts an effect, or recovers one, and waits for its end.</summary>
    public async Task<Report.Ended> End(EffectOrder order, bool recovered = false)
    {
        var performer = PerformerOf(order);
        if (recovered)
        {
            performer.Recover(order, null, []);
        }
        else
        {
            Assert.IsType<Admission.Admitted>(performer.Admit([order]));
            performer.Start(order);
        }

        return await _log.End(order.Key, order.Issue);
    }

    public IPerformer PerformerOf(EffectOrder order) => Calls.Performers.Single(one => one.Kind == order.Ask.Kind);

    public static FlowValue Answer(Report.Ended ended)
    {
        var map = FlowJson.Decode(ended.Result.Span, s_vault).AsMap();
        return map.TryGet("error", out var error) ? throw new FlowError(error) : map.Get("result");
    }

    public static string Text(FlowValue value) => value.Kind == FlowKind.String
        ? value.AsText()
        : string.Create(CultureInfo.InvariantCulture, $"{value}");

    private async Task CloseEngineAsync()
    {
        if (_engine is not null)
            await _engine.DisposeAsync();
        _executor?.Dispose();
    }

    public void Dispose()
    {
        Calls.Dispose();
        Stores.Dispose();
        _folder.Dispose();
    }
}

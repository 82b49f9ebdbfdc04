using System.Text;
using Cairn.Platform.Projects;
using Cairn.Platform.Stores;
using Cairn.Platform.Tests.Stores;
using Cairn.Platform.Triggers.Following;
using Cairn.Platform.Triggers.Ledgers;

namespace Cairn.Platform.Tests.Triggers;

/// <summary>
/// A project with stores, a ledger and a journal of runs that, as the real one, keeps a uid once. Closed and opened
/// again, it is what a process finds after a crash.
/// </summary>
internal sealed class FollowerBench : IDisposable
{
    private readonly TempFolder _folder = new();
    private ObjectStores? _stores;
    private TriggerLedger? _ledger;

    public TestClock Clock { get; } = new();

    /// <summary>Orders by the uid of their runs, in the order of the first submission.</summary>
    public List<StartOrder> Started { get; } = [];

    /// <summary>How often runs were submitted, repeats too.</summary>
    public int Submissions { get; private set; }

    /// <summary>What to do instead of submitting.</summary>
    public Func<StartOrder, StartOutcome?> Instead { get; set; } = _ => null;

    /// <summary>Called after a submission: a place to die.</summary>
    public Action AfterSubmit { get; set; } = () => { };

    public TriggerLedger Ledger => _ledger!;

    public ObjectStores Stores => _stores!;

    public TriggerFollower? Follower { get; private set; }

    public async Task Open(string triggers)
    {
        Close();
        _folder.Write("graphs/work.yaml", "workflow: {}");
        _folder.Write("cairn.yaml", $$$"""
            cairn: 1
            stores: {scenes: {url: "file:data", serves: ["gs://acme-scenes"]}, other: {url: "file:other"}}
            graphs: [graphs/*.yaml]
            triggers:
            {{{triggers}}}

            """);
        var project = ProjectReader.Load(new ProjectPlaces
        {
            Current = _folder.Path,
            UserHome = _folder.Path,
            Shipped = _folder.Path,
        });
        _stores = ObjectStores.Open(project.StoreLayout, Clock);
        _ledger = TriggerLedger.Open(project.StateFolder, Clock);
        Follower = new TriggerFollower(
            TriggerProject.Of(project), _stores, _ledger, new TriggerWorld(Clock, Submit, _ => { }));
        await Follower.OpenAsync(Cancel);
    }

    public async Task<long> Put(string key, string store = "scenes")
    {
        var place = await Stores.Resolve($"cairn://{store}/{key}", forWrite: true, Cancel);
        var answer = await place.Store.Put(
            key, new Content.Bytes(Encoding.UTF8.GetBytes("{}")), WriteTerms.Any, Cancel);
        return ((WriteAnswer.Written)answer).Object.Generation;
    }

    public async Task Follow()
    {
        while (await Follower!.StepAsync(Cancel))
        {
        }
    }

    /// <summary>Outcomes of the log, the oldest first.</summary>
    public IEnumerable<string> Outcomes => Ledger.Log(null, null, null, 1000).Reverse().Select(line => line.Outcome);

    public void Dispose()
    {
        Close();
        _folder.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<StartOutcome> Submit(StartOrder order, CancellationToken cancel)
    {
        if (Instead(order) is { } other)
            return Task.FromResult(other);
        Submissions++;
        if (Started.TrueForAll(known => known.Uid != order.Uid))
            Started.Add(order);
        AfterSubmit();
        return Task.FromResult<StartOutcome>(new StartOutcome.Started(
            $"work-{Started.FindIndex(known => known.Uid == order.Uid) + 1}"));
    }

    private void Close()
    {
        Follower?.Dispose();
        _ledger?.Dispose();
        _stores?.Dispose();
    }
}

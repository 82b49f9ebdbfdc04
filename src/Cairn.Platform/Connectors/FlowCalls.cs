using Cairn.Engine.Effects;
using Cairn.Flows.Library;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Http;
using Cairn.Platform.Connectors.Jobs;
using Cairn.Platform.Connectors.Records;
using Cairn.Platform.Connectors.Storage;

namespace Cairn.Platform.Connectors;

/// <summary>All performers of the calls of flows, put together for one project (spec/workflows.md 5 and 6).</summary>
public sealed class FlowCalls : IDisposable
{
    private const int MostRequests = 512;
    private const int MostLocal = 64;

    // They only wait: what they started has its own limits.
    private const int MostWaiting = 100_000;

    private readonly HttpClients _clients;
    private readonly List<CallPerformer> _performers;

    /// <summary>Nothing is opened before the first call.</summary>
    public FlowCalls(FlowCallsSetup setup)
    {
        Book = new RecordBook(setup.Project.StateFolder, setup.Vault, setup.Clock);
        _clients = new HttpClients();
        var routes = new HttpRoutes(setup.Project.Http, setup.Environment);
        var tokens = new HttpTokens(setup.Project.Http, setup.Credentials, _clients, setup.Clock);
        var http = new HttpCalls(routes, _clients, tokens).Bodies;
        var buckets = new Buckets(setup.Stores, Book);
        var objects = new Objects(buckets);
        var jobs = new RunJobs(setup.Desk, setup.Project, setup.Misfit);
        var builds = new Builds(setup.Desk, setup.Project);
        CallPerformer Performer(EffectKind kind, int most, CallTable bodies) => new(kind, most, bodies, setup.Vault);
        _performers =
        [
            Performer(EffectKind.HttpRead, MostRequests, http),
            Performer(EffectKind.HttpWrite, MostRequests, http),
            Performer(EffectKind.StoreRead, MostLocal, CallTable.Of(buckets.Reads, objects.Reads)),
            Performer(EffectKind.StoreWrite, MostLocal, CallTable.Of(buckets.Writes, objects.Writes)),
            Performer(EffectKind.Job, MostWaiting, CallTable.Of(jobs.Starts, builds.Starts)),
            Performer(EffectKind.RecordRead, MostLocal, CallTable.Of(jobs.Reads, builds.Reads)),
            Performer(EffectKind.RecordWrite, MostLocal, CallTable.Of(jobs.Writes, builds.Writes)),
        ];
    }

    /// <summary>One performer a kind of effect.</summary>
    public IReadOnlyList<IPerformer> Performers => _performers;

    /// <summary>Calls by the kind of effect that performs them.</summary>
    public IReadOnlyList<(string Kind, string Call)> Performed =>
        [.. _performers.SelectMany(performer => performer.Names.Select(name => (performer.Kind, name)))];

    /// <summary>What connectors made on this machine.</summary>
    internal RecordBook Book { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _clients.Dispose();
        Book.Dispose();
    }
}

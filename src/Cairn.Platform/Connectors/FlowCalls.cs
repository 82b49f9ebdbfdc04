using Cairn.Engine.Effects;
using Cairn.Flows.Library;
using Cairn.Platform.Connectors.Callbacks;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Clockwork;
using Cairn.Platform.Connectors.Documents;
using Cairn.Platform.Connectors.Executions;
using Cairn.Platform.Connectors.Http;
using Cairn.Platform.Connectors.Jobs;
using Cairn.Platform.Connectors.Messages;
using Cairn.Platform.Connectors.Observation;
using Cairn.Platform.Connectors.Records;
using Cairn.Platform.Connectors.SecretVersions;
using Cairn.Platform.Connectors.Storage;
using Cairn.Platform.Stores;

namespace Cairn.Platform.Connectors;

/// <summary>All performers of the calls of flows, put together for one project (spec/workflows.md 5 and 6).</summary>
public sealed class FlowCalls : IDisposable
{
    private const int MostRequests = 512;
    private const int MostLocal = 64;

    // They only wait: what they started has its own limits.
    private const int MostWaiting = 100_000;

    private readonly HttpClients _clients;
    private readonly CallbackDoor _door;
    private readonly RecordClock _clock;
    private readonly CallbackEndpoints _endpoints;
    private readonly List<CallPerformer> _performers;
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Nothing is opened before the first call.</summary>
    public FlowCalls(FlowCallsSetup setup)
    {
        Book = new RecordBook(setup.Project.StateFolder, setup.Vault, setup.Clock);
        _clients = new HttpClients();
        var routes = new HttpRoutes(setup.Project.Http, setup.Environment);
        var tokens = new HttpTokens(setup.Project.Http, setup.Credentials, _clients, setup.Clock);
        var buckets = new Buckets(setup.Stores, Book);
        var objects = new Objects(buckets);
        var http = new HttpCalls(routes, _clients, tokens, new StorageHttp(buckets, objects).Answer).Bodies;
        var jobs = new RunJobs(setup.Desk, setup.Project, setup.Misfit);
        var catalogue = new CatalogueJobs(setup.Desk, setup.Project, setup.Misfit);
        var builds = new Builds(setup.Desk, setup.Project);
        var shelf = new FlowShelf(Book, setup.Project);
        var executions = new ExecutionMethods(setup.Desk, shelf, setup.Project, setup.Vault);
        var workflows = new WorkflowMethods(Book, shelf, setup.Desk);
        var documents = new DocumentMethods(Book);
        var schedules = new ScheduleMethods(Book);
        var tasks = new TaskMethods(Book);
        var observation = new ObservationMethods(Book);
        _clock = new RecordClock(
            Book, new Delivery(routes, _clients, tokens, new FlowStarts(setup.Desk, shelf, setup.Project)));
        var secrets = new SecretMethods(Book, setup.Vault, setup.Credentials);
        var messages = new PubSub(Book);
        var channels = new Channels(Book);
        _endpoints = new CallbackEndpoints(Book, setup.Desk, setup.Project.Name);
        _door = new CallbackDoor(
            setup.Project.StateFolder, new CallbackRequests(_endpoints, setup.Desk, setup.Clock));
        _endpoints.Door = _door.Open;
        CallPerformer Performer(EffectKind kind, int most, CallTable bodies) => new(kind, most, bodies, setup.Vault);
        _performers =
        [
            Performer(EffectKind.HttpRead, MostRequests, http),
            Performer(EffectKind.HttpWrite, MostRequests, http),
            Performer(EffectKind.StoreRead, MostLocal, CallTable.Of(buckets.Reads, objects.Reads)),
            Performer(EffectKind.StoreWrite, MostLocal, CallTable.Of(buckets.Writes, objects.Writes)),
            Performer(EffectKind.Child, MostWaiting, executions.Starts),
            Performer(EffectKind.Job, MostWaiting, CallTable.Of(jobs.Starts, builds.Starts, catalogue.Starts)),
            Performer(
                EffectKind.RecordRead, MostLocal,
                CallTable.Of(
                    jobs.Reads, builds.Reads, executions.Reads, workflows.Reads, secrets.Reads, messages.Reads,
                    documents.Reads, schedules.Reads, tasks.Reads, observation.Reads)),
            Performer(
                EffectKind.RecordWrite, MostLocal,
                CallTable.Of(
                    jobs.Writes, builds.Writes, executions.Writes, workflows.Writes, secrets.Writes, messages.Writes,
                    channels.Writes, documents.Writes, schedules.Writes, tasks.Writes, observation.Writes)),
            new CallPerformer(EffectKind.Callback, MostLocal, _endpoints.Bodies, setup.Vault)
            {
                Opened = () => _ = Own(),
            },
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
        _closing.Cancel();
        _door.Dispose();
        _clients.Dispose();
        Book.Dispose();
        _closing.Dispose();
    }

    // What only the owner of the state folder does: the one before it may have left endpoints that somebody still means
    // to call, and duties that have come due.
    private async Task Own()
    {
        try
        {
            if (!Book.Exists)
                await Book.Made.WaitAsync(_closing.Token);
            await _endpoints.Forget(_closing.Token);
            if (_endpoints.Any)
                await _door.Open(_closing.Token);
            await _clock.Run(_closing.Token);
        }
        catch (Exception left) when (left is OperationCanceledException or ObjectDisposedException or StoreException)
        {
            // The owner leaves again, or its records cannot be read: calls that need them say so.
        }
    }
}

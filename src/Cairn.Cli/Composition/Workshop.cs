using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;
using Cairn.Engine.Effects;
using Cairn.Engine.Hosting;
using Cairn.Engine.Journals;
using Cairn.Engine.Programs;
using Cairn.Engine.Retentions;
using Cairn.Engine.Secrets;
using Cairn.Flows.Program;
using Cairn.Graphs.Program;
using Cairn.Platform.Connectors;
using Cairn.Platform.Connectors.Runs;
using Cairn.Platform.Executors.Local;
using Cairn.Platform.Executors.Local.Reaping;
using Cairn.Platform.Stores;
using Cairn.Platform.Stores.Transfers;

namespace Cairn.Cli.Composition;

/// <summary>
/// The one place where the parts are put together: journal and engine, the languages, the executors, the stores. A
/// process that opens it owns the state folder, or watches its owner.
/// </summary>
internal sealed class Workshop : IAsyncDisposable
{
    private readonly FlowCalls? _calls;

    private Workshop(Site site, ObjectStores stores, LocalExecutor executor, FlowCalls? calls, EngineHost engine)
    {
        _calls = calls;
        Site = site;
        Stores = stores;
        Executor = executor;
        Engine = engine;
    }

    /// <summary>The project.</summary>
    public Site Site { get; }

    /// <summary>Its stores.</summary>
    public ObjectStores Stores { get; }

    /// <summary>Runs tasks on this machine.</summary>
    public LocalExecutor Executor { get; }

    /// <summary>Advances runs, or watches who does.</summary>
    public EngineHost Engine { get; }

    /// <summary>Files in and out of the stores.</summary>
    public StoreTransfers Transfers => new(Stores);

    /// <summary>
    /// Opens a project's state folder. With <paramref name="reading"/> nothing in it is changed and nobody's runs are
    /// taken over. Throws <see cref="CommandFailure"/> when the folder cannot be used.
    /// </summary>
    public static Workshop Open(Frame frame, Site site, Action<string> say, bool reading = false)
    {
        StateFolderMaker.Make(site.Project.StateFolder);
        var stores = ObjectStores.Open(site.Project.StoreLayout, frame.Clock);
        var executor = new LocalExecutor(LocalSettings.Of(site, stores, frame.Clock));
        var desk = new RunDesk();
        var calls = reading ? null : new FlowCalls(CallsOf(frame, site, stores) with
        {
            Desk = desk,
            Misfit = order => executor.Misfit([order]),
        });
        try
        {
            IReadOnlyList<IProgramFamily> families =
                [new GraphFamily(), new FlowFamily(() => OpenVault(site.Project.StateFolder))];
            IReadOnlyList<IPerformer> performers = [executor, .. calls?.Performers ?? []];
            var engine = EngineHost.Open(new EngineSetup(site.Project.StateFolder, families, performers)
            {
                Time = frame.Clock,
                Say = say,
                Changed = desk.Changed,
                ReadOnly = reading,
                AcceptLoss = frame.AcceptsLoss,
                Retention = new Retention { Keep = site.Project.JournalKeep },
                Pruned = journal => Sweep(site, journal),
            });
            desk.Bind(engine);
            return new Workshop(site, stores, executor, calls, engine);
        }
        catch (Exception failure) when (failure is JournalRefusedException or JournalLossException)
        {
            calls?.Dispose();
            executor.Dispose();
            stores.Dispose();
            var hint = failure is JournalRefusedException refused ? refused.Hint : ((JournalLossException)failure).Hint;
            throw new CommandFailure(ExitCode.TryAgain, failure.Message.TrimEnd('.'), hint);
        }
    }

    private static FlowCallsSetup CallsOf(Frame frame, Site site, ObjectStores stores) =>
        new(site.Project, stores, OpenVault(site.Project.StateFolder))
        {
            Clock = frame.Clock,
            Environment = frame.Environment,
            Credentials = site.Credentials,
        };

    private static SecretVault OpenVault(string stateFolder)
    {
        try
        {
            return SecretVault.Open(Path.Combine(stateFolder, "secrets.key"));
        }
        catch (SecretRefusedException refused)
        {
            throw new CommandFailure(ExitCode.Precondition, refused.Message, refused.Hint);
        }
    }

    /// <summary>Removes what runs left that the journal does not know any more.</summary>
    public void Sweep() => Sweep(Site, Engine.Journal);

    private static void Sweep(Site site, IJournal journal) =>
        RunFiles.Sweep(site.Project.StateFolder, run => journal.Find(run) is not null);

    /// <summary>Leaves: open runs are kept, their tasks go on.</summary>
    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        _calls?.Dispose();
        Executor.Dispose();
        Stores.Dispose();
    }
}

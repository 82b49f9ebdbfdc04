using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;
using Cairn.Platform.Stores;
using Cairn.Platform.Stores.Embedded;
using Cairn.Platform.Triggers;
using Cairn.Platform.Triggers.Following;
using Cairn.Platform.Triggers.Ledgers;
using Declared = Cairn.Platform.Triggers.Trigger;

namespace Cairn.Cli.Commands.Trigger;

/// <summary>What commands about triggers stand on: the project, its stores, the ledger. Starts nothing.</summary>
internal sealed class TriggerDesk : IDisposable
{
    private TriggerDesk(Site site, ObjectStores stores, TriggerLedger ledger)
    {
        Project = TriggerProject.Of(site.Project);
        Stores = stores;
        Ledger = ledger;
    }

    /// <summary>What cairn.yaml says.</summary>
    public TriggerProject Project { get; }

    /// <summary>The stores.</summary>
    public ObjectStores Stores { get; }

    /// <summary>What was seen and done.</summary>
    public TriggerLedger Ledger { get; }

    /// <summary>Opens the project that a command is in.</summary>
    public static TriggerDesk Open(Frame frame, string? home)
    {
        var site = Site.Find(frame, home);
        var stores = StoreDesk.Open(frame, site);
        try
        {
            return new TriggerDesk(site, stores, TriggerLedger.Open(site.Project.StateFolder, frame.Clock));
        }
        catch
        {
            stores.Dispose();
            throw;
        }
    }

    /// <summary>A trigger by its id; throws <see cref="CommandFailure"/> (4) when there is none.</summary>
    public Declared Find(string id) =>
        Project.Triggers.FirstOrDefault(trigger => trigger.Id == id) ?? throw new CommandFailure(
            ExitCode.NotFound, $"there is no trigger {id}",
            Project.Triggers.Count == 0
                ? "declare it under triggers: in cairn.yaml"
                : $"there are: {string.Join(", ", Project.Triggers.Select(trigger => trigger.Id))}");

    /// <summary>Takes the triggers up as `cairn up` does, so that they can be paused before anything follows.</summary>
    public async Task TakeUp(CancellationToken cancel)
    {
        using var follower = new TriggerFollower(Project, Stores, Ledger, new TriggerWorld(
            TimeProvider.System, (_, _) => throw new System.Diagnostics.UnreachableException(), _ => { }));
        await follower.OpenAsync(cancel);
    }

    /// <summary>The object that a URL names, as triggers see it; its version need not be there.</summary>
    public async Task<(Happening.Stored Happened, bool IsThere)> ObjectAt(string url, CancellationToken cancel)
    {
        var place = await Stores.Resolve(url, forWrite: false, cancel);
        if (place.Store is not EmbeddedBucket bucket)
            throw new CommandFailure(
                ExitCode.Precondition, $"{url} lies in no store of this project: no trigger sees it",
                "declare a store under stores: that serves its prefix");
        if (place.IsFolder)
            throw new CommandFailure(ExitCode.Usage, $"{url} names a prefix, not an object");
        var store = bucket.Url["cairn://".Length..];
        var found = await bucket.Stat(place.Key, cancel);
        return (new Happening.Stored(store, Project.BucketName(store), place.Key, found?.Generation ?? 0)
        {
            Size = found?.Size ?? 0,
            At = found?.Updated ?? default,
        }, found is not null);
    }

    /// <summary>What a trigger makes of a happening, with what is known of it.</summary>
    public Verdict Judge(Declared trigger, Happening happened) =>
        TriggerRules.Judge(trigger, happened, Ledger.Standing(trigger.Id) ?? default, Project.Mode);

    /// <inheritdoc/>
    public void Dispose()
    {
        Ledger.Dispose();
        Stores.Dispose();
    }
}

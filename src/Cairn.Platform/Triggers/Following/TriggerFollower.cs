using Cairn.Platform.Stores;
using Cairn.Platform.Stores.Embedded;
using Cairn.Platform.Stores.Watching;
using Cairn.Platform.Triggers.Ledgers;
using Cairn.Platform.Triggers.Schedules;

namespace Cairn.Platform.Triggers.Following;

/// <summary>
/// Follows the events of stores and the timetables of a project, and starts what its triggers say: decisions, keys and
/// cursor are one transaction, runs are submitted after it under uids that follow from their keys, so that a crash at
/// any point starts each once. One process at a time does it: the owner of the state folder. It takes up what other
/// programs drop into the folders of these stores.
/// </summary>
public sealed class TriggerFollower(
    TriggerProject project, ObjectStores stores, TriggerLedger ledger, TriggerWorld world)
    : IDisposable
{
    private const int EventsAtOnce = 256;
    private const int StartsAtOnce = 64;

    private readonly TriggerIndex _index = new(project.Triggers);
    private readonly List<FolderWatcher> _watchers = [];
    private DateTimeOffset _pruned = DateTimeOffset.MinValue;
    private DateTimeOffset _startAgain = DateTimeOffset.MinValue;

    /// <summary>Stores whose objects fire triggers.</summary>
    public IReadOnlyList<string> Watched { get; } =
        [.. project.Triggers.Select(trigger => trigger.Cause).OfType<TriggerCause.Objects>()
            .Select(cause => cause.Store).Distinct(StringComparer.Ordinal)];

    /// <summary>
    /// Takes the triggers up. One seen for the first time fires for what is complete from now on; a store without a
    /// cursor is read from where it stands.
    /// </summary>
    public async Task OpenAsync(CancellationToken cancel)
    {
        var last = 0L;
        foreach (var store in Watched)
        {
            var bucket = await stores.Bucket(store, forWrite: true, cancel);
            var watcher = new FolderWatcher(bucket, world.Clock, world.Say);
            _watchers.Add(watcher);
            // What lies there before a trigger is born is older than the trigger.
            await watcher.ScanAsync(cancel);
            last = Math.Max(last, bucket.LastEvent());
        }

        ledger.TakeUp(project.Triggers.Select(trigger => trigger.Id), last);
        foreach (var store in Watched.Where(store => !ledger.HasCursor(store)))
            ledger.Decide([], (store, (await stores.Bucket(store, forWrite: true, cancel)).LastEvent()));
    }

    /// <summary>Looks once at everything; true: there may be more at once.</summary>
    public async Task<bool> StepAsync(CancellationToken cancel)
    {
        var more = false;
        foreach (var watcher in _watchers)
            await watcher.StepAsync(cancel);
        foreach (var store in Watched)
            more |= TakeEvents(await stores.Bucket(store, forWrite: true, cancel), store);
        TakeTimetables();
        more |= await StartClaims(cancel);
        if (world.Clock.GetUtcNow() - _pruned > TimeSpan.FromHours(1))
        {
            ledger.Prune();
            _pruned = world.Clock.GetUtcNow();
        }

        return more;
    }

    /// <inheritdoc/>
    public void Dispose() => _watchers.ForEach(watcher => watcher.Dispose());

    /// <summary>Decides about one happening for all triggers that it may fire.</summary>
    public IReadOnlyList<Decision> Judge(Happening happened) =>
        [.. _index.Candidates(happened).Select(trigger => new Decision(
            trigger.Id, happened,
            TriggerRules.Judge(trigger, happened, ledger.Standing(trigger.Id) ?? default, project.Mode)))];

    private bool TakeEvents(EmbeddedBucket bucket, string store)
    {
        var cursor = ledger.Cursor(store);
        if (cursor > bucket.LastEvent())
        {
            // The index of the stores is younger than the ledger: what it tells is new, or keys tell that it is not.
            world.Say($"the events of cairn://{store} begin again: read from the first one");
            cursor = 0;
        }

        var page = bucket.Events(cursor, EventsAtOnce);
        if (page.Count == 0)
            return false;
        var decisions = page.Where(happened => happened.Kind == StoreEventKind.Finalized).SelectMany(
            happened => Judge(new Happening.Stored(store, project.BucketName(store), happened.Key, happened.Generation)
            {
                Position = happened.Number,
                Size = happened.Size,
                At = happened.At,
            })).ToList();
        ledger.Decide(decisions, (store, page[^1].Number));
        return page.Count == EventsAtOnce;
    }

    private void TakeTimetables()
    {
        var now = world.Clock.GetUtcNow();
        foreach (var trigger in project.Triggers)
        {
            if (trigger.Cause is not TriggerCause.Schedule schedule || ledger.Planned(trigger.Id) is not { } position)
                continue;
            var due = MissedRuns.Look(schedule.Table, position, now, schedule.Missed);
            if (due.Position == position)
                continue;
            if (due.Skipped > 0)
                world.Say($"{trigger.Id}: {due.Skipped} times of its timetable passed unseen and are left out");
            ledger.Decide(
                // A trigger that is off would fill the log with every tick.
                [.. due.Fire.SelectMany(planned => Judge(new Happening.Due(trigger.Id, planned)))
                    .Where(decision => decision.Verdict is not Verdict.Silent
                    {
                        Why: Silence.Disabled or Silence.OtherMode,
                    })],
                planned: (trigger.Id, due.Position));
        }
    }

    private async Task<bool> StartClaims(CancellationToken cancel)
    {
        if (world.Clock.GetUtcNow() < _startAgain)
            return false;
        var waiting = ledger.Waiting(StartsAtOnce);
        await Task.WhenAll(waiting.Select(claim => Start(claim, cancel)));
        return waiting.Count == StartsAtOnce && world.Clock.GetUtcNow() >= _startAgain;
    }

    private async Task Start(Claim claim, CancellationToken cancel)
    {
        var trigger = _index.Find(claim.Trigger);
        var outcome = trigger is not null
            ? await world.Start(StartOrders.Of(claim, trigger), cancel)
            : new StartOutcome.Refused("the trigger is no longer in cairn.yaml");
        switch (outcome)
        {
            case StartOutcome.Started started:
                ledger.Note(claim, ClaimState.Started, started.Run, null);
                world.Say($"{claim.Trigger} started {started.Run} for {claim.Subject}");
                break;
            case StartOutcome.Refused refused:
                ledger.Note(claim, ClaimState.Refused, null, refused.Reason);
                world.Say($"{claim.Trigger} cannot start {trigger?.Run ?? "anything"} for {claim.Subject}: "
                    + refused.Reason);
                break;
            case StartOutcome.Later later:
                ledger.Note(claim, ClaimState.Waiting, null, later.Reason);
                _startAgain = world.Clock.GetUtcNow() + TimeSpan.FromSeconds(1);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}

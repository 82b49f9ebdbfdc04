using System.Runtime.CompilerServices;
using Cairn.Engine.Journals.Sqlite;
using Cairn.Engine.Programs;
using Cairn.Engine.Records;
using Cairn.Engine.Runs;
using Cairn.Engine.Shells;

namespace Cairn.Engine.Hosting;

public sealed partial class EngineHost
{
    private static readonly TimeSpan _pruneEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan _lookForRoomEvery = TimeSpan.FromSeconds(10);

    /// <summary>
    /// All changes of a run from record <paramref name="after"/> on, then each new one as it is committed; ends with
    /// the
    /// run. The same in the owner and in a watcher.
    /// </summary>
    public async IAsyncEnumerable<RunChange> WatchAsync(
        RunHead run, long after = 0, [EnumeratorCancellation] CancellationToken token = default)
    {
        const int page = 256;
        while (true)
        {
            var next = _changes.Next(run.Row);
            var head = _journal.Find(run.Row);
            if (head is null) yield break;
            var rows = _journal.Records(run.Row, after, page);
            foreach (var row in rows)
            {
                after = row.Sequence;
                yield return new RunChange(head, new RecordReader(row.Payload, _journal).Read(row.Sequence));
            }

            if (rows.Count == page) continue;
            if (head is { IsOpen: false, Live: 0 }) yield break;
            await next.WaitAsync(token);
        }
    }

    /// <summary>Returns when the run has ended or stands still (parked), with its head.</summary>
    public async Task<RunHead> WaitAsync(RunHead run, CancellationToken token = default)
    {
        while (true)
        {
            var next = _stands.Next(run.Row);
            var head = _journal.Find(run.Row) ?? run;
            if (!head.IsOpen || head.Parked != Parked.No) return head;
            await next.WaitAsync(token);
        }
    }

    /// <summary>
    /// Parks a run as INTERRUPTED and returns when none of its effects runs any more (Ctrl-C). In a watcher it returns
    /// when the run is parked.
    /// </summary>
    public async Task InterruptAsync(RunHead run, CancellationToken token = default)
    {
        await SendAsync(run, new InboxItem($"interrupt-{RandomBits():x32}", InboxKind.Interrupt, default));
        while (true)
        {
            var next = _changes.Next(run.Row);
            var head = _journal.Find(run.Row) ?? run;
            var runs = Volatile.Read(ref _ownership) is { } owned ? (await owned.PlacesAsync(run.Uid)).Count : 0;
            if ((!head.IsOpen || head.Parked != Parked.No) && runs == 0) return;
            await next.WaitAsync(token);
        }
    }

    private bool TryOwn()
    {
        if (OwnerLock.TryTake(_folder) is not { } taken) return false;
        foreach (var (id, reason) in _setup.AcceptLoss
            ? DamagedRuns.SetAside(_journal, _families, _setup.Time.GetUtcNow())
            : [])
            _setup.Say($"{id} is set aside: {reason}");
        var open = _journal.List(new RunFilter { OnlyUnfinished = true });
        var going = open.Count(run => run.Parked == Parked.No);
        if (going > 0) _setup.Say($"going on with {going} open run{(going == 1 ? "" : "s")}");
        var world = new ShellWorld(_setup.Time, new RandomSeeds().Next, _families, _setup.Performers)
        {
            Changed = OnChanged,
            Troubled = trouble => _setup.Say(trouble is null
                ? "commits succeed again: going on"
                : $"{trouble.TrimEnd('.')}: nothing new is started until a commit succeeds"),
        };
        var owned = new Ownership(taken, _folder, _journal, world, _setup.Shell);
        Volatile.Write(ref _ownership, owned);
        _ = FollowAsync(owned);
        return true;
    }

    private void OnChanged(RunChange change)
    {
        _setup.Changed(change);
        var head = change.Run;
        _changes.Pulse(head.Row);
        if (!head.IsOpen || head.Parked != Parked.No) _stands.Pulse(head.Row);
    }

    private async Task FollowAsync(Ownership owned)
    {
        try
        {
            await owned.Ended;
        }
        catch (Exception e)
        {
            // The engine's thread has died: who waits for a run must not wait for ever.
            _setup.Say(e.Message);
            _ended.TrySetException(e);
        }
    }

    /// <summary>Pulses on what other processes commit, and takes the folder over when its owner has gone.</summary>
    private async Task WatchOwnerAsync()
    {
        using var timer = new PeriodicTimer(_lookEvery, _setup.Time);
        long seen = -1;
        // Long ago: the first look is at the start.
        var pruned = _setup.Time.GetTimestamp() - (long)(_pruneEvery.TotalSeconds * _setup.Time.TimestampFrequency);
        var looked = pruned;
        try
        {
            while (await timer.WaitForNextTickAsync(_leaving.Token))
            {
                var count = _journal.ChangeCount();
                if (count != seen)
                {
                    _changes.PulseAll();
                    _stands.PulseAll();
                }

                seen = count;
                // The kernel frees the lock with the owner's last breath, so asking for it is the surest look.
                if (!IsOwner && !_setup.ReadOnly && TryOwn())
                    _setup.Say($"the owner of {_folder.Path} has gone: taking over");
                if (!IsOwner || _setup.Time.GetElapsedTime(looked) < _lookForRoomEvery) continue;
                looked = _setup.Time.GetTimestamp();
                var isDue = _setup.Time.GetElapsedTime(pruned) >= _pruneEvery;
                if (!isDue && FreeBytes() >= _setup.Retention.FreeBytesFloor) continue;
                Prune();
                if (isDue) pruned = looked;
            }
        }
        catch (OperationCanceledException)
        {
            // This process leaves.
        }
    }

    private long FreeBytes() => new DriveInfo(_folder.Path).AvailableFreeSpace;

    private void Prune()
    {
        try
        {
            var (old, forRoom) = _setup.Retention.Apply(
                _journal, _setup.Time.GetUtcNow(), FreeBytes, () => _setup.Pruned(_journal));
            if (old.Count > 0) _setup.Say($"{old.Count} runs ended longer ago than they are kept: deleted");
            if (forRoom.Count > 0) _setup.Say(
                $"the disk is nearly full: {forRoom.Count} ended runs deleted, the oldest first");
        }
        catch (SqliteFailure)
        {
            // No room even for deleting, or another process is writing: the next look tries again.
        }
    }

    private async Task<IReadOnlyDictionary<long, string?>> AskPlacesAsync(RunUid uid)
    {
        using var link = await OwnerLink.TryConnectAsync(_folder.Socket, _leaving.Token);
        var line = link is null ? null : await link.AskAsync($"places {uid}", _leaving.Token);
        return Ownership.ReadPlaces(line ?? "");
    }
}

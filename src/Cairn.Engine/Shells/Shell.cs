using Cairn.Engine.Effects;
using Cairn.Engine.Journals;
using Cairn.Engine.Records;
using Cairn.Engine.Replays;

namespace Cairn.Engine.Shells;

/// <summary>
/// The durable shell around pure programs (architecture 2): takes events, advances runs in turn, journals what they ask
/// for, and only then hands it out. Single-threaded over an injected world: everything but <see cref="Post"/> is called
/// from one thread, which a host or a simulator owns.
/// <code>
/// shell.Open();
/// loop: shell.Turn(); if (shell.TakeBatch() is { } batch) commit it somewhere, then shell.Committed(result);
/// </code>
/// While a commit is under way the runs go on, on states that are not durable yet, into the next batch.
/// </summary>
public sealed partial class Shell
{
    /// <summary>Visits in one turn that use up their fuel: what is posted meanwhile must not wait for long.</summary>
    private const int SpinsPerTurn = 4;

    /// <summary>Runs in one turn whose wide records are delivered further.</summary>
    private const int SlicesPerTurn = 4;

    private const string NotOffered = "not offered yet";

    private readonly IJournal _journal;
    private readonly ShellWorld _world;
    private readonly ShellOptions _options;
    private readonly IntakeQueue _intake = new();
    private readonly SortedDictionary<string, IPerformer> _performers = new(StringComparer.Ordinal);
    private readonly RunTable _runs;
    private readonly TimerQueue _timers;
    private readonly HandOut _handOut;
    private readonly RecordWriter _writer = new();
    private readonly List<LiveRun> _forNextGroup = [];
    private readonly Queue<LiveRun> _undelivered = new();
    private Group _open = new();
    private Group? _inFlight;
    private DateTimeOffset _lastNow;
    private long? _retryAt;

    /// <summary>A shell over a journal that this process owns.</summary>
    public Shell(IJournal journal, ShellWorld world, ShellOptions options)
    {
        _journal = journal;
        _world = world;
        _options = options;
        foreach (var performer in world.Performers) _performers.Add(performer.Kind, performer);
        _runs = new RunTable(new RunLoader(journal, world.Families), options.LoadedRuns);
        _timers = new TimerQueue(world.Time, options.TimersPerSecond);
        _handOut = new HandOut(_performers, journal, options);
    }

    /// <summary>Called on the posting thread after each entry: a host wakes its thread here.</summary>
    public Action Wake
    {
        get => _intake.Wake;
        set => _intake.Wake = value;
    }

    /// <summary>Why nothing is handed out at the moment (a full disk); null: all is well.</summary>
    public string? Trouble
    {
        get;
        private set
        {
            if (field == value) return;
            field = value;
            _world.Troubled(value);
        }
    }

    /// <summary>Open runs and those being reaped.</summary>
    public int RunCount => _runs.Count;

    /// <summary>Events that wait for their run, over all runs.</summary>
    public long WaitingEvents { get; private set; }

    /// <summary>Whether nothing is left to do before something is posted, a commit ends, or a timer is due.</summary>
    public bool IsIdle =>
        _intake.IsEmpty && !_runs.HasReady && _forNextGroup.Count == 0 && _open.IsEmpty && _inFlight is null
            && !_handOut.HasWork && _undelivered.Count == 0;

    /// <summary>Whether a commit is under way.</summary>
    public bool IsCommitting => _inFlight is not null;

    /// <summary>Whether all that happened is durable.</summary>
    public bool HasNothingToCommit => _inFlight is null && _open.IsEmpty;

    /// <summary>Hands something in; safe from any thread, never blocks.</summary>
    public void Post(Intake intake) => _intake.Post(intake);

    /// <summary>
    /// One round: offers waiting effects, takes what was posted, releases timers, visits ready runs in turn. Bounded by
    /// <see cref="ShellOptions.TurnVisits"/>. The offers come first: what ends at once joins the next commit. Throws
    /// <see cref="JournalDamagedException"/> when the journal does not
    /// hold what it must: nothing can go on then.
    /// </summary>
    public TurnResult Turn()
    {
        var isPaused = IsPaused();
        if (!isPaused)
        {
            DeliverSome();
            HandOutSome();
        }

        TakeIntake();
        if (!isPaused)
        {
            // What took the place of an effect that just ended is issued in the commit that holds the end.
            HandOutSome();
            ReleaseTimers();
            VisitReady();
        }

        return new TurnResult(HasMore(), UntilNext());
    }

    /// <summary>
    /// Where the asks of a run are in this process: with its performer (null), or in a queue, with the reason why.
    /// </summary>
    public IReadOnlyDictionary<long, string?> Placement(Runs.RunUid uid)
    {
        SortedDictionary<long, string?> places = [];
        if (_runs.Find(uid) is not { } run) return places;
        foreach (var delivery in run.Undelivered ?? [])
            foreach (var effect in delivery.Left()) places[effect] = NotOffered;
        foreach (var handed in run.HandedOut?.Values ?? [])
            places[handed.Order.Key.Sequence] = handed.Gang is { } gang ? gang.Reason ?? NotOffered : null;
        return places;
    }

    private bool HasMore() =>
        !_intake.IsEmpty
            || (_retryAt is null && ((_runs.HasReady && !IsFull(_open)) || _handOut.HasWork || _undelivered.Count > 0));

    private TimeSpan? UntilNext()
    {
        if (_retryAt is { } retry)
            return TimeSpan.FromTicks(Math.Max(0, retry - _world.Time.GetElapsedTime(0).Ticks));
        return _timers.UntilNext();
    }

    /// <summary>After a full disk nothing is advanced until it is worth another try.</summary>
    private bool IsPaused()
    {
        if (_retryAt is not { } retry) return false;
        if (_world.Time.GetElapsedTime(0).Ticks < retry) return true;
        _retryAt = null;
        return false;
    }

    private void VisitReady()
    {
        var spins = 0;
        for (var visits = 0; visits < _options.TurnVisits && spins < SpinsPerTurn && !IsFull(_open); visits++)
        {
            if (!_runs.TryTakeReady(out var run)) break;
            if (HasItsShare(run!))
            {
                _forNextGroup.Add(run!);
                continue;
            }

            Visit(run!);
            if (run!.Current is not null) spins++;
        }
    }

    private bool HasItsShare(LiveRun run) =>
        _open.CountOf(run) >= _options.BatchShare && (_open.HasOthers(run) || _inFlight?.HasOthers(run) == true);

    private void ReleaseTimers()
    {
        for (var released = 0; released < _options.TurnVisits && _timers.TryRelease(out var entry); released++)
        {
            var (run, timer, due) = entry;
            if (!_runs.Holds(run)) continue;
            if (run.State is { } state && (!state.Timers.TryGetValue(timer, out var current) || current != due))
                continue;
            Offer(run, new Pending(new JournalEvent.Happened(new Programs.RunEvent.TimerFired(timer)), Due: due));
        }
    }

    private bool IsFull(Group group) =>
        group.Entries.Count >= _options.BatchRecords || group.Batch.Bytes >= _options.BatchBytes;

    private void Offer(LiveRun run, Pending pending)
    {
        run.Offer(pending);
        WaitingEvents++;
        _runs.Ready(run);
    }

    private void OfferFirst(LiveRun run, Pending pending)
    {
        run.OfferFirst(pending);
        WaitingEvents++;
        _runs.Ready(run);
    }

    /// <summary>The wall clock; never earlier than the last answer, as far as one process can see.</summary>
    private DateTimeOffset Now()
    {
        var now = _world.Time.GetUtcNow().ToUniversalTime();
        return _lastNow = now > _lastNow ? now : _lastNow;
    }
}

/// <summary>What a turn of the shell left.</summary>
/// <param name="More">Call again at once.</param>
/// <param name="Wait">Else call again after so long, or when something is posted; null: only then.</param>
public readonly record struct TurnResult(bool More, TimeSpan? Wait);

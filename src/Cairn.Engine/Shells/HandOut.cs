using Cairn.Engine.Effects;
using Cairn.Engine.Journals;
using Cairn.Engine.Programs;
using Cairn.Engine.Records;

namespace Cairn.Engine.Shells;

/// <summary>
/// Between committed asks and their performers: queues them, offers them gang by gang, and remembers what this process
/// has given to whom. It never acts on anything that is not committed.
/// </summary>
internal sealed class HandOut(
    SortedDictionary<string, IPerformer> performers, IJournal journal, ShellOptions options)
{
    private readonly SortedDictionary<(string Kind, string Queue), Lane> _lanes = [];
    private long _cachedRequests;

    /// <summary>Whether an offer could change anything.</summary>
    public bool HasWork
    {
        get
        {
            foreach (var lane in _lanes.Values)
                if (lane.Count > 0 && !lane.IsBlocked) return true;
            return false;
        }
    }

    /// <summary>Queues the members of one gang, asked in one committed record.</summary>
    public void Enqueue(LiveRun run, long record, IReadOnlyList<Command.Asked> gang)
    {
        var effects = new long[gang.Count];
        var priority = int.MinValue;
        for (var i = 0; i < gang.Count; i++)
        {
            var (effect, ask) = (gang[i].Effect, gang[i].Ask);
            Remember(run, effect, record, ask, issue: 1);
            effects[i] = effect;
            priority = Math.Max(priority, ask.Priority);
        }

        Queue(new Gang(run, effects, priority), gang[0].Ask);
    }

    /// <summary>
    /// Queues all effects of a run that wait and are nowhere yet: after a resume, a restart, an interruption. The state
    /// may be ahead of the journal: only what stands in it up to record <paramref name="committed"/> counts.
    /// </summary>
    public void EnqueueWaiting(LiveRun run, RunState state, long committed)
    {
        List<(long, long, Ask)> waiting = [];
        foreach (var effect in state.Effects.Values)
        {
            if (effect.IsIssued || effect.AskedAt > committed) continue;
            if (run.HandedOut?.Has(effect.Sequence) == true) continue;
            var handed = Remember(run, effect.Sequence, effect.AskedAt, effect.Ask, effect.Issue);
            handed.IsTrimmed = true;
            handed.Told = effect.ToldUntil(committed);
            waiting.Add((effect.Sequence, effect.AskedAt, effect.Ask));
        }

        Queue(run, waiting);
    }

    /// <summary>Hands an effect that was issued before a crash to its performer.</summary>
    public void Recover(LiveRun run, OpenEffect effect)
    {
        var handed = Remember(run, effect.Sequence, effect.AskedAt, effect.Ask, effect.Issue);
        handed.IsTrimmed = true;
        Complete(run, handed);
        handed.Stage = HandedStage.Started;
        performers[effect.Ask.Kind].Recover(handed.Order, effect.Handle, effect.ToldUntil(long.MaxValue));
    }

    public void Tell(LiveRun run, long effect, ReadOnlyMemory<byte> message)
    {
        if (Find(run, effect) is not { } handed || Performer(handed) is not { } performer) return;
        if (handed.Stage is HandedStage.Queued or HandedStage.Admitted) handed.Told.Add(message);
        Complete(run, handed);
        performer.Tell(handed.Order, message);
    }

    /// <summary>Starts an admitted effect whose hand-out may happen now.</summary>
    public void Start(LiveRun run, long effect)
    {
        if (Find(run, effect) is not { Stage: HandedStage.Admitted } handed) return;
        handed.Stage = HandedStage.Started;
        var performer = performers[handed.Order.Ask.Kind];
        performer.Start(handed.Order);
        foreach (var message in handed.Told) performer.Tell(handed.Order, message);
    }

    public void Stop(LiveRun run, long effect, StopReason reason)
    {
        if (Find(run, effect) is not { Stage: HandedStage.Started or HandedStage.Stopping } handed) return;
        handed.Stage = HandedStage.Stopping;
        performers[handed.Order.Ask.Kind].Stop(handed.Order, reason);
    }

    /// <summary>Stops all that is with performers and forgets what only waits.</summary>
    public void StopAll(LiveRun run, StopReason reason)
    {
        foreach (var handed in run.HandedOut?.Values.ToArray() ?? [])
        {
            var effect = handed.Order.Key.Sequence;
            if (handed.Stage == HandedStage.Queued) Forget(run, effect);
            else Stop(run, effect, reason);
        }
    }

    /// <summary>Gives back the capacity of an effect that was admitted and is not wanted any more.</summary>
    public void Withdraw(LiveRun run, long effect)
    {
        if (Find(run, effect) is not { Stage: HandedStage.Admitted } handed) return;
        performers[handed.Order.Ask.Kind].Withdraw(handed.Order);
        Forget(run, effect);
    }

    /// <summary>The effect has ended, or is queued anew under another issue.</summary>
    public void Forget(LiveRun run, long effect)
    {
        if (Find(run, effect) is not { } handed) return;
        if (handed.Gang is { } gang) gang.Lane?.Remove(gang);
        _cachedRequests -= handed.CachedBytes;
        run.HandedOut!.Remove(effect);
        if (run.HandedOut.Count == 0) run.HandedOut = null;
    }

    public void Freed(string kind)
    {
        foreach (var lane in _lanes.Values.Where(lane => lane.Kind == kind)) lane.IsBlocked = false;
    }

    /// <summary>
    /// Offers waiting gangs; those admitted that may start at once do, the others are returned by run.
    /// </summary>
    public List<(LiveRun Run, IReadOnlyList<long> Effects)> Offer()
    {
        List<(LiveRun, IReadOnlyList<long>)> toIssue = [];
        foreach (var lane in _lanes.Values)
            if (lane.Count > 0 && !lane.IsBlocked) Offer(lane, toIssue);
        return toIssue;
    }

    private void Offer(Lane lane, List<(LiveRun, IReadOnlyList<long>)> toIssue)
    {
        if (!performers.TryGetValue(lane.Kind, out var performer))
        {
            foreach (var gang in lane.Candidates(lane.Count)) gang.Reason = $"nothing here performs '{lane.Kind}'";
            lane.IsBlocked = true;
            return;
        }

        List<Gang> passed = [];
        var admitted = 0;
        foreach (var gang in lane.Candidates(Math.Max(options.TurnVisits, Shells.Lane.BackFillWindow + 1)))
        {
            var orders = Orders(gang);
            if (orders.Count > 0 && performer.Admit(orders) is Admission.Full full)
            {
                gang.Reason = full.Reason;
                passed.Add(gang);
                if (gang.PassedOver >= Shells.Lane.PassedOverLimit || passed.Count == Shells.Lane.BackFillWindow) break;
                continue;
            }

            admitted++;
            lane.Remove(gang);
            foreach (var before in passed) before.PassedOver++;
            Admitted(gang, performer, toIssue);
        }

        lane.IsBlocked = admitted == 0 || passed.Count > 0;
    }

    private void Admitted(Gang gang, IPerformer performer, List<(LiveRun, IReadOnlyList<long>)> toIssue)
    {
        foreach (var effect in gang.Effects)
        {
            if (Find(gang.Run, effect) is not { } handed) continue;
            handed.Gang = null;
            handed.Stage = HandedStage.Admitted;
        }

        if (performer.Recovery != RecoveryClass.Repeat)
        {
            toIssue.Add((gang.Run, gang.Effects));
            return;
        }

        foreach (var effect in gang.Effects) Start(gang.Run, effect);
    }

    private List<EffectOrder> Orders(Gang gang)
    {
        List<EffectOrder> orders = new(gang.Effects.Count);
        foreach (var effect in gang.Effects)
        {
            if (Find(gang.Run, effect) is not { } handed) continue;
            Complete(gang.Run, handed);
            orders.Add(handed.Order);
        }

        return orders;
    }

    private void Queue(LiveRun run, List<(long Effect, long Record, Ask Ask)> asks)
    {
        Dictionary<(long, string, string, string), int> places = [];
        List<(List<long> Effects, int Priority, Ask First)> gangs = [];
        foreach (var (effect, record, ask) in asks)
        {
            var key = (record, ask.Kind, ask.Queue, ask.Gang ?? "");
            if (ask.Gang is not null && places.TryGetValue(key, out var place))
            {
                gangs[place].Effects.Add(effect);
                gangs[place] = gangs[place] with { Priority = Math.Max(gangs[place].Priority, ask.Priority) };
                continue;
            }

            if (ask.Gang is not null) places[key] = gangs.Count;
            gangs.Add(([effect], ask.Priority, ask));
        }

        foreach (var (effects, priority, first) in gangs) Queue(new Gang(run, effects, priority), first);
    }

    private void Queue(Gang gang, Ask ask)
    {
        var key = (ask.Kind, ask.Queue);
        if (!_lanes.TryGetValue(key, out var lane)) _lanes[key] = lane = new Lane(ask.Kind, ask.Queue);
        lane.Add(gang);
        foreach (var effect in gang.Effects)
            if (Find(gang.Run, effect) is { } handed) handed.Gang = gang;
    }

    private Handed Remember(LiveRun run, long effect, long askedAt, Ask ask, int issue)
    {
        var key = new EffectKey(run.Head.Uid, run.Head.Incarnation, effect);
        var handed = new Handed(new EffectOrder(key, run.Head.Id, ask, issue)) { AskedAt = askedAt };
        (run.HandedOut ??= new()).Set(effect, handed);
        Trim(handed);
        return handed;
    }

    /// <summary>Requests beyond the budget leave memory; they are read back from the journal when needed.</summary>
    private void Trim(Handed handed)
    {
        var size = handed.Order.Ask.Request.Length;
        if (_cachedRequests + size <= options.CachedRequests)
        {
            _cachedRequests += handed.CachedBytes = size;
            return;
        }

        handed.Order = handed.Order with { Ask = handed.Order.Ask with { Request = default } };
        handed.IsTrimmed = true;
    }

    private void Complete(LiveRun run, Handed handed)
    {
        if (!handed.IsTrimmed) return;
        var (effect, ask) = (handed.Order.Key.Sequence, handed.Order.Ask);
        var row = journal.Records(run.Row, handed.AskedAt - 1, 1)[0];
        var record = new RecordReader(row.Payload, journal).Read(row.Sequence);
        var asked = record.Commands.OfType<Command.Asked>().First(command => command.Effect == effect);
        handed.Order = handed.Order with { Ask = ask with { Request = asked.Ask.Request } };
        handed.IsTrimmed = false;
        _cachedRequests += handed.CachedBytes = asked.Ask.Request.Length;
    }

    private static Handed? Find(LiveRun run, long effect) =>
        run.HandedOut is { } table && table.TryGet(effect, out var handed) ? handed : null;

    private IPerformer? Performer(Handed handed) => performers.GetValueOrDefault(handed.Order.Ask.Kind);
}

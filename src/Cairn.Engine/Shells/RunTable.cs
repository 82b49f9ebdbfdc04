using Cairn.Engine.Replays;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Shells;

/// <summary>The open runs: which are ready, which are in memory, and which idle one is put out of it.</summary>
internal sealed class RunTable(RunLoader loader, int loadedRuns)
{
    private readonly SortedDictionary<long, LiveRun> _byRow = [];
    private readonly SortedDictionary<RunUid, LiveRun> _byUid = [];
    private readonly Queue<LiveRun> _ready = new();
    private readonly LinkedList<LiveRun> _idle = [];

    public int Count => _byRow.Count;

    public bool HasReady => _ready.Count > 0;

    public IEnumerable<LiveRun> All => _byRow.Values;

    public LiveRun? Find(RunUid uid) => _byUid.GetValueOrDefault(uid);

    public LiveRun? Find(long row) => _byRow.GetValueOrDefault(row);

    public bool Holds(LiveRun run) => _byRow.TryGetValue(run.Row, out var held) && ReferenceEquals(held, run);

    public LiveRun Add(RunHead head)
    {
        var run = new LiveRun(head);
        _byRow.Add(head.Row, run);
        _byUid.Add(head.Uid, run);
        return run;
    }

    public void Remove(LiveRun run)
    {
        Wake(run);
        _byRow.Remove(run.Row);
        _byUid.Remove(run.Head.Uid);
    }

    /// <summary>Puts a run at the end of the ready queue, if it is not in it.</summary>
    public void Ready(LiveRun run)
    {
        Wake(run);
        if (run.IsReady) return;
        run.IsReady = true;
        _ready.Enqueue(run);
    }

    public bool TryTakeReady(out LiveRun? run)
    {
        while (_ready.TryDequeue(out run))
        {
            run.IsReady = false;
            if (Holds(run)) return true;
        }

        return false;
    }

    /// <summary>The run's state, from memory or from the journal; the message says why it cannot go on.</summary>
    public string? Load(LiveRun run)
    {
        if (run.State is not null) return null;
        var loaded = loader.Load(run.Head);
        run.State = loaded.State;
        return loaded.Divergence;
    }

    /// <summary>Nothing is left to do for a run; beyond the budget the longest idle one leaves memory.</summary>
    public void Rest(LiveRun run)
    {
        if (run.State is null || run.Uncommitted > 0 || run.Idle is not null) return;
        run.Idle = _idle.AddLast(run);
        while (_idle.Count > loadedRuns)
        {
            var oldest = _idle.First!.Value;
            Wake(oldest);
            oldest.State = null;
        }
    }

    private void Wake(LiveRun run)
    {
        if (run.Idle is null) return;
        _idle.Remove(run.Idle);
        run.Idle = null;
    }
}

namespace Cairn.Engine.Shells;

/// <summary>
/// The waiting gangs of one queue of one performer: larger priority first, then run after run, each run in its order.
/// </summary>
internal sealed class Lane(string kind, string queue)
{
    /// <summary>Gangs looked at behind one that does not fit.</summary>
    public const int BackFillWindow = 64;

    /// <summary>A gang passed over so often is waited for: nothing behind it is admitted any more.</summary>
    public const int PassedOverLimit = 256;

    private readonly SortedDictionary<int, LinkedList<RunLine>> _byPriority =
        new(Comparer<int>.Create(static (a, b) => b.CompareTo(a)));

    public string Kind { get; } = kind;

    public string Queue { get; } = queue;

    /// <summary>Nothing changed since the last offer, so another is useless.</summary>
    public bool IsBlocked { get; set; }

    public int Count { get; private set; }

    public void Add(Gang gang)
    {
        if (!_byPriority.TryGetValue(gang.Priority, out var lines)) _byPriority[gang.Priority] = lines = [];
        var line = lines.FirstOrDefault(line => ReferenceEquals(line.Run, gang.Run));
        if (line is null) lines.AddLast(line = new RunLine(gang.Run));
        line.Gangs.AddLast(gang);
        Count++;
        IsBlocked = false;
    }

    /// <summary>Takes a gang out; its run goes behind the others.</summary>
    public void Remove(Gang gang)
    {
        if (!_byPriority.TryGetValue(gang.Priority, out var lines)) return;
        for (var node = lines.First; node is not null; node = node.Next)
        {
            if (!ReferenceEquals(node.Value.Run, gang.Run)) continue;
            if (!node.Value.Gangs.Remove(gang)) return;
            Count--;
            lines.Remove(node);
            if (node.Value.Gangs.Count > 0) lines.AddLast(node);
            else if (lines.Count == 0) _byPriority.Remove(gang.Priority);
            return;
        }
    }

    /// <summary>The gangs to offer, in order: the first of each run, then the second of each, and so on.</summary>
    public List<Gang> Candidates(int limit)
    {
        List<Gang> found = [];
        foreach (var lines in _byPriority.Values)
        {
            var cursors = lines.Select(line => line.Gangs.First).ToList();
            while (cursors.Count > 0)
            {
                for (var i = 0; i < cursors.Count; i++)
                {
                    if (found.Count == limit) return found;
                    found.Add(cursors[i]!.Value);
                    cursors[i] = cursors[i]!.Next;
                }

                cursors.RemoveAll(static cursor => cursor is null);
            }
        }

        return found;
    }

    private sealed class RunLine(LiveRun run)
    {
        public LiveRun Run { get; } = run;

        public LinkedList<Gang> Gangs { get; } = [];
    }
}

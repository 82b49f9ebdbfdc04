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

    private readonly SortedDictionary<int, Lines> _byPriority =
        new(Comparer<int>.Create(static (a, b) => b.CompareTo(a)));

    public string Kind { get; } = kind;

    public string Queue { get; } = queue;

    /// <summary>Nothing changed since the last offer, so another is useless.</summary>
    public bool IsBlocked { get; set; }

    public int Count { get; private set; }

    public void Add(Gang gang)
    {
        if (!_byPriority.TryGetValue(gang.Priority, out var lines)) _byPriority[gang.Priority] = lines = new Lines();
        lines.Add(gang);
        gang.Lane = this;
        Count++;
        IsBlocked = false;
    }

    /// <summary>Takes a gang out; its run goes behind the others.</summary>
    public void Remove(Gang gang)
    {
        if (!ReferenceEquals(gang.Lane, this)) return;
        gang.Lane = null;
        Count--;
        var lines = _byPriority[gang.Priority];
        lines.Remove(gang);
        if (lines.Count == 0) _byPriority.Remove(gang.Priority);
    }

    /// <summary>The gangs to offer, in order: the first of each run, then the second of each, and so on.</summary>
    public List<Gang> Candidates(int limit)
    {
        List<Gang> found = [];
        foreach (var lines in _byPriority.Values)
        {
            if (found.Count == limit) break;
            lines.Collect(found, limit);
        }

        return found;
    }

    /// <summary>The runs of one priority in the order of their turns, each with its waiting gangs.</summary>
    private sealed class Lines
    {
        private readonly LinkedList<LinkedList<Gang>> _inTurn = [];
        private readonly SortedDictionary<long, LinkedListNode<LinkedList<Gang>>> _byRun = [];

        public int Count => _inTurn.Count;

        public void Add(Gang gang)
        {
            if (!_byRun.TryGetValue(gang.Run.Row, out var line))
                _byRun[gang.Run.Row] = line = _inTurn.AddLast(new LinkedList<Gang>());
            gang.Place = line.Value.AddLast(gang);
        }

        public void Remove(Gang gang)
        {
            var line = _byRun[gang.Run.Row];
            line.Value.Remove(gang.Place!);
            gang.Place = null;
            _inTurn.Remove(line);
            if (line.Value.Count > 0) _inTurn.AddLast(line);
            else _byRun.Remove(gang.Run.Row);
        }

        public void Collect(List<Gang> found, int limit)
        {
            List<LinkedListNode<Gang>> cursors = [];
            foreach (var line in _inTurn)
            {
                if (cursors.Count == limit - found.Count) break;
                cursors.Add(line.First!);
            }

            while (cursors.Count > 0)
            {
                var left = 0;
                for (var i = 0; i < cursors.Count; i++)
                {
                    if (found.Count == limit) return;
                    found.Add(cursors[i].Value);
                    if (cursors[i].Next is { } next) cursors[left++] = next;
                }

                cursors.RemoveRange(left, cursors.Count - left);
            }
        }
    }
}

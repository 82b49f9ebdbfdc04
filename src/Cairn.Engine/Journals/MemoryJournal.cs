using Cairn.Engine.Programs;
using Cairn.Engine.Records;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Journals;

/// <summary>
/// A journal that lives as long as its object: for tests, the simulator, and `--dry-run`. Obeys the same rules as the
/// durable ones (tests/Cairn.Engine.Tests/Journals).
/// </summary>
public sealed class MemoryJournal : IJournal
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, RunTable> _runs = [];
    private readonly SortedDictionary<RunUid, long> _byUid = [];
    private readonly SortedDictionary<string, long> _byId = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<ContentHash, ReadOnlyMemory<byte>> _blobs = [];
    private readonly SortedDictionary<long, InboxRow> _inbox = [];
    private long _lastRow;
    private long _lastPosition;
    private long _lastCommit;

    /// <inheritdoc/>
    public CommitResult Commit(Batch batch)
    {
        lock (_lock)
        {
            foreach (var blob in batch.Blobs) Keep(blob);
            foreach (var (run, at) in batch.Created) Create(run, at);
            foreach (var (run, item) in batch.Sent) Send(run, item);
            foreach (var record in batch.Records) _runs[record.Run].Records.Add(record);
            foreach (var (row, head) in batch.Heads) _runs[row].Head = head;
            foreach (var snapshot in batch.Snapshots) _runs[snapshot.Run].Snapshot = snapshot;
            foreach (var position in batch.Taken) _inbox.Remove(position);
            return new CommitResult.Committed(++_lastCommit);
        }
    }

    /// <inheritdoc/>
    public string? Reopen() => null;

    /// <inheritdoc/>
    public bool Holds(Batch batch)
    {
        lock (_lock)
        {
            if (batch.Records.Count > 0)
            {
                var first = batch.Records[0];
                return _runs.TryGetValue(first.Run, out var run)
                    && run.Records.Count >= first.Sequence && run.Records[(int)first.Sequence - 1].Chain == first.Chain;
            }

            if (batch.Created.Count == 0 && batch.Sent.Count == 0) return false;
            return batch.Created.All(created => _byUid.ContainsKey(created.Run.Uid))
                && batch.Sent.All(sent => _runs.TryGetValue(sent.Run, out var run) && run.Keys.Contains(sent.Item.Key));
        }
    }

    /// <inheritdoc/>
    public long LastCommit()
    {
        lock (_lock) return _lastCommit;
    }

    /// <inheritdoc/>
    public IReadOnlyList<RunHead> List(RunFilter filter)
    {
        lock (_lock)
            return [.. _runs.Values.Select(run => run.Head).Where(filter.Matches).Take(filter.Limit)
                .Select(head => head with { Result = default, Arguments = default })];
    }

    /// <inheritdoc/>
    public RunHead? Find(string idOrUid)
    {
        lock (_lock)
        {
            if (_byId.TryGetValue(idOrUid, out var row)) return _runs[row].Head;
            return RunUid.TryParse(idOrUid, out var uid) && _byUid.TryGetValue(uid, out row) ? _runs[row].Head : null;
        }
    }

    /// <inheritdoc/>
    public RunHead? Find(long row)
    {
        lock (_lock) return _runs.TryGetValue(row, out var run) ? run.Head : null;
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Definition(RunHead run)
    {
        lock (_lock) return _runs[run.Row].Definition;
    }

    /// <inheritdoc/>
    public SnapshotRow? Snapshot(long row)
    {
        lock (_lock) return _runs.TryGetValue(row, out var run) ? run.Snapshot : null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<RecordRow> Records(long row, long after, int limit)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue(row, out var run)) return [];
            var from = (int)Math.Min(after, run.Records.Count);
            return run.Records.GetRange(from, Math.Min(limit, run.Records.Count - from));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<InboxRow> Inbox(long afterPosition, int limit)
    {
        lock (_lock) return [.. _inbox.Values.SkipWhile(row => row.Position <= afterPosition).Take(limit)];
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Blob(ContentHash hash)
    {
        lock (_lock)
            return _blobs.TryGetValue(hash, out var value)
                ? value
                : throw new JournalDamagedException($"the value {hash} is not in the journal");
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Prune(DateTimeOffset endedBefore, int limit)
    {
        lock (_lock)
        {
            RunHead[] old = [.. _runs.Values.Select(run => run.Head)
                .Where(head => head.Ended < endedBefore && head.Live == 0).Take(limit)];
            foreach (var head in old) Remove(head);
            return [.. old.Select(head => head.Id)];
        }
    }

    /// <inheritdoc/>
    public bool Prune(RunUid uid)
    {
        lock (_lock)
        {
            if (!_byUid.TryGetValue(uid, out var row) || _runs[row].Head is not { IsOpen: false, Live: 0 } head)
                return false;
            Remove(head);
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held outside the object.
    }

    private void Create(NewRun run, DateTimeOffset at)
    {
        if (_byUid.ContainsKey(run.Uid)) return;
        var number = _numbers[run.Name] = _numbers.GetValueOrDefault(run.Name) + 1;
        var head = new RunHead(++_lastRow, run.Uid, $"{run.Name}-{number}", run.Kind, run.Version)
        {
            Name = run.Name,
            Number = number,
            Labels = [.. run.Labels.OrderBy(label => label.Key, StringComparer.Ordinal)],
            Definition = ContentHash.Of(run.Definition.Span).ToString(),
            Created = at,
            Arguments = run.Arguments,
        };
        _runs[head.Row] = new RunTable(head, run.Definition);
        _byUid[run.Uid] = head.Row;
        _byId[head.Id] = head.Row;
    }

    private void Send(long row, InboxItem item)
    {
        if (!_runs.TryGetValue(row, out var run) || !run.Keys.Add(item.Key)) return;
        _inbox[++_lastPosition] = new InboxRow(_lastPosition, row, item);
    }

    private void Keep(BlobRow blob)
    {
        _blobs.TryAdd(blob.Hash, blob.Content);
        if (!_runs[blob.Run].Blobs.Contains(blob.Hash)) _runs[blob.Run].Blobs.Add(blob.Hash);
    }

    private void Remove(RunHead head)
    {
        foreach (var hash in _runs[head.Row].Blobs)
            if (!_runs.Any(other => other.Key != head.Row && other.Value.Blobs.Contains(hash))) _blobs.Remove(hash);
        _runs.Remove(head.Row);
        _byUid.Remove(head.Uid);
        _byId.Remove(head.Id);
    }

    private sealed class RunTable(RunHead head, ReadOnlyMemory<byte> definition)
    {
        public RunHead Head { get; set; } = head;
        public ReadOnlyMemory<byte> Definition { get; } = definition;
        public List<RecordRow> Records { get; } = [];
        public SortedSet<string> Keys { get; } = new(StringComparer.Ordinal);
        public List<ContentHash> Blobs { get; } = [];
        public SnapshotRow? Snapshot { get; set; }
    }
}

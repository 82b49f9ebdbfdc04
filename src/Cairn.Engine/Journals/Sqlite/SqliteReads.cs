using System.Buffers.Binary;
using System.Text;
using Cairn.Engine.Programs;
using Cairn.Engine.Records;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Journals.Sqlite;

/// <summary>The reading connection: sees whole commits only, and blocks no writer.</summary>
internal sealed class SqliteReads(Database database) : IDisposable
{
    private const string Columns =
        "row, uid, name, number, kind, version, incarnation, definition, created, started, ended, "
        + "state, outcome, parked, "
        + "park_message, live";

    public bool Holds(Batch batch)
    {
        if (batch.Records.Count > 0)
        {
            var first = batch.Records[0];
            var select = database.Prepare("SELECT chain FROM records WHERE place = ?")
                .With(1, SqliteWrites.Place(first.Run, first.Sequence));
            var isThere = select.Step() && select.Wide(0) == first.Chain;
            select.Clear();
            return isThere;
        }

        if (batch.Created.Count == 0 && batch.Sent.Count == 0) return false;
        return batch.Created.All(created => Find(created.Run.Uid.ToString()) is not null)
            && batch.Sent.All(sent =>
                database.Prepare("SELECT 1 FROM inbox WHERE run = ? AND key = ?")
                    .With(1, sent.Run).With(2, sent.Item.Key).One(missing: 0) == 1);
    }

    public long LastCommit() => database.Number("SELECT value FROM meta WHERE key = 'commit'");

    public long ChangeCount() => database.Number("PRAGMA data_version");

    public IReadOnlyList<RunHead> List(RunFilter filter)
    {
        var (sql, texts) = Listing(filter);
        var select = database.Prepare(sql).With(1, filter.AfterRow).With(2, filter.Limit)
            .With(3, filter.Since ?? DateTimeOffset.MinValue);
        for (var i = 0; i < texts.Count; i++) select.With(4 + i, texts[i]);
        List<RunHead> found = [];
        while (select.Step()) found.Add(Head(select, isWhole: false));
        for (var i = 0; i < found.Count; i++) found[i] = WithLabels(found[i]);
        return found;
    }

    public RunHead? Find(string idOrUid)
    {
        var dash = idOrUid.LastIndexOf('-');
        if (dash > 0 && long.TryParse(idOrUid.AsSpan(dash + 1), out var number))
        {
            var byId = database.Prepare($"SELECT {Columns}, arguments, result FROM runs WHERE name = ? AND number = ?")
                .With(1, idOrUid[..dash]).With(2, number);
            if (One(byId) is { } found && found.Id == idOrUid) return found;
        }

        return RunUid.TryParse(idOrUid, out var uid)
            ? One(database.Prepare($"SELECT {Columns}, arguments, result FROM runs WHERE uid = ?")
                .With(1, SqliteWrites.Uid(uid)))
            : null;
    }

    public RunHead? Find(long row) =>
        One(database.Prepare($"SELECT {Columns}, arguments, result FROM runs WHERE row = ?").With(1, row));

    public ReadOnlyMemory<byte> Blob(ContentHash hash)
    {
        var select = database.Prepare("SELECT content FROM blobs WHERE hash = ?").With(1, hash.ToArray());
        if (!select.Step()) throw new JournalDamagedException($"the value {hash} is not in the journal");
        var content = select.Bytes(0);
        select.Clear();
        return ContentHash.Of(content) == hash
            ? content
            : throw new JournalDamagedException($"the value {hash} is damaged");
    }

    public SnapshotRow? Snapshot(long row)
    {
        var select = database.Prepare("SELECT seq, payload FROM snapshots WHERE run = ?").With(1, row);
        if (!select.Step()) return null;
        var snapshot = new SnapshotRow(row, select.Long(0), select.Bytes(1));
        select.Clear();
        return snapshot;
    }

    public IReadOnlyList<RecordRow> Records(long row, long after, int limit)
    {
        var select = database.Prepare(
                "SELECT place, payload, chain FROM records WHERE place > ? AND place < ? ORDER BY place LIMIT ?")
            .With(1, SqliteWrites.Place(row, after)).With(2, SqliteWrites.Place(row + 1, 0)).With(3, limit);
        List<RecordRow> found = [];
        while (select.Step()) found.Add(new RecordRow(row, select.Long(0) & 0xffffffff, select.Bytes(1),
            select.Wide(2)));
        return found;
    }

    public IReadOnlyList<InboxRow> Inbox(long afterPosition, int limit)
    {
        var select = database.Prepare("""
            SELECT position, run, key, kind, payload FROM inbox
            WHERE taken = 0 AND position > ? ORDER BY position LIMIT ?
            """).With(1, afterPosition).With(2, limit);
        List<InboxRow> found = [];
        while (select.Step())
        {
            var item = new InboxItem(select.Text(2), (InboxKind)select.Long(3), select.Bytes(4));
            found.Add(new InboxRow(select.Long(0), select.Long(1), item));
        }

        return found;
    }

    public IReadOnlyList<RunHead> EndedBefore(DateTimeOffset time, int limit)
    {
        var select = database.Prepare(
                $"SELECT {Columns} FROM runs WHERE ended < ? AND live = 0 ORDER BY ended, row LIMIT ?")
            .With(1, time.UtcTicks).With(2, limit);
        List<RunHead> found = [];
        while (select.Step()) found.Add(Head(select, isWhole: false));
        return found;
    }

    public void Dispose() => database.Dispose();

    private static (string Sql, List<string> Texts) Listing(RunFilter filter)
    {
        var sql = new StringBuilder($"SELECT {Columns} FROM runs WHERE row > ?1 AND created >= ?3");
        List<string> texts = [];
        if (filter.OnlyUnfinished) sql.Append(" AND (ended IS NULL OR live > 0)");
        if (filter.Outcome is { } outcome) sql.Append(" AND outcome = ").Append((int)outcome);
        if (filter.Name is { } name) sql.Append(" AND name = ").Append(Parameter(name));
        if (filter.State is { } state) sql.Append(" AND state = ").Append(Parameter(state));
        foreach (var (key, value) in filter.Labels)
            sql.Append(" AND EXISTS (SELECT 1 FROM labels WHERE run = runs.row AND key = ").Append(Parameter(key))
                .Append(" AND value = ").Append(Parameter(value)).Append(')');
        return (sql.Append(" ORDER BY row LIMIT ?2").ToString(), texts);

        string Parameter(string text)
        {
            texts.Add(text);
            return $"?{3 + texts.Count}";
        }
    }

    private RunHead? One(Statement select)
    {
        if (!select.Step()) return null;
        var head = Head(select, isWhole: true);
        select.Clear();
        return WithLabels(head);
    }

    private static RunHead Head(Statement row, bool isWhole)
    {
        var (name, number) = (row.Text(2), row.Long(3));
        var uid = new RunUid(BinaryPrimitives.ReadUInt128BigEndian(row.Bytes(1)));
        return new RunHead(row.Long(0), uid, $"{name}-{number}", row.Text(4), (int)row.Long(5))
        {
            Name = name,
            Number = number,
            Incarnation = (int)row.Long(6),
            Definition = ContentHash.Read(row.Bytes(7)).ToString(),
            Created = row.Time(8),
            Started = row.IsNull(9) ? null : row.Time(9),
            Ended = row.IsNull(10) ? null : row.Time(10),
            State = row.Text(11),
            Outcome = (Outcome)row.Long(12),
            Parked = (Parked)row.Long(13),
            ParkMessage = row.Text(14),
            Live = (int)row.Long(15),
            Arguments = isWhole ? row.Bytes(16) : default,
            Result = isWhole ? row.Bytes(17) : default,
        };
    }

    private RunHead WithLabels(RunHead head)
    {
        var select = database.Prepare("SELECT key, value FROM labels WHERE run = ? ORDER BY key").With(1, head.Row);
        List<KeyValuePair<string, string>> labels = [];
        while (select.Step()) labels.Add(new(select.Text(0), select.Text(1)));
        return labels.Count == 0 ? head : head with { Labels = labels };
    }
}

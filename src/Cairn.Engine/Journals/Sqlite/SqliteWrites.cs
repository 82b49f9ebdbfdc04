using System.Buffers.Binary;
using Cairn.Engine.Programs;
using Cairn.Engine.Records;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Journals.Sqlite;

/// <summary>The writing connection: one transaction a batch.</summary>
internal sealed class SqliteWrites(Database database) : IDisposable
{
    public UInt128 Identity()
    {
        var statement = database.Prepare("SELECT value FROM meta WHERE key = 'identity'");
        if (!statement.Step()) throw new JournalDamagedException("the journal has no identity");
        var identity = statement.Wide(0);
        statement.Clear();
        return identity;
    }

    public long LastCommit() => database.Number("SELECT value FROM meta WHERE key = 'commit'");

    /// <summary>
    /// Whether tables and indexes contradict each other. A damaged log may leave old pages of it beside newer ones
    /// that a
    /// checkpoint had carried into the file.
    /// </summary>
    public bool IsDamaged() =>
        database.Number("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'") > 0;

    /// <summary>Makes broken indexes again from their tables; false: the tables themselves are broken.</summary>
    public bool TryMend()
    {
        if (!IsDamaged()) return true;
        try
        {
            database.Run("REINDEX");
            return !IsDamaged();
        }
        catch (SqliteFailure failure) when (failure.IsDamage)
        {
            return false;
        }
    }

    /// <summary>
    /// Writes all of a batch; the number of the commit. Throws <see cref="SqliteFailure"/>, nothing undone yet.
    /// </summary>
    public long Commit(Batch batch)
    {
        database.Prepare("BEGIN IMMEDIATE").Run();
        var number = NextCommit();
        foreach (var blob in batch.Blobs) Keep(blob);
        foreach (var (run, at) in batch.Created) Create(run, at);
        foreach (var (run, item) in batch.Sent) Send(run, item);
        Append(batch, number);
        foreach (var head in batch.Heads.Values) Show(head);
        foreach (var snapshot in batch.Snapshots) Keep(snapshot);
        foreach (var position in batch.Taken)
            database.Prepare("UPDATE inbox SET taken = 1, payload = NULL WHERE position = ?").With(1, position).Run();
        database.Prepare("COMMIT").Run();
        return number;
    }

    /// <summary>Undoes what an open transaction wrote; false: not even that worked.</summary>
    public bool TryRollback()
    {
        try
        {
            if (database.IsInTransaction) database.Prepare("ROLLBACK").Run();
            return true;
        }
        catch (SqliteFailure)
        {
            return false;
        }
    }

    /// <summary>Deletes one ended run and what only it needs; false: it is open, being reaped, or not there.</summary>
    public bool Prune(RunUid uid, Witness witness)
    {
        try
        {
            database.Prepare("BEGIN IMMEDIATE").Run();
            var row = database.Prepare("SELECT row FROM runs WHERE uid = ? AND ended IS NOT NULL AND live = 0")
                .With(1, Uid(uid)).One(missing: 0);
            if (row == 0)
            {
                database.Prepare("ROLLBACK").Run();
                return false;
            }

            Delete(row);
            var number = NextCommit();
            database.Prepare("COMMIT").Run();
            witness.Note(number);
            database.Prepare("PRAGMA incremental_vacuum").Run();
            return true;
        }
        catch (SqliteFailure)
        {
            TryRollback();
            throw;
        }
    }

    public void Dispose() => database.Dispose();

    private long NextCommit() =>
        database.Prepare("UPDATE meta SET value = value + 1 WHERE key = 'commit' RETURNING value").One(missing: 0);

    private void Append(Batch batch, long number)
    {
        if (batch.Records.Count == 0) return;
        var insert = database.Prepare("INSERT INTO records (place, commit_no, payload, chain) VALUES (?, ?, ?, ?)");
        foreach (var record in batch.Records)
            insert.With(1, Place(record.Run, record.Sequence)).With(2, number).With(3, record.Payload.Span)
                .With(4, record.Chain).Run();
    }

    private void Create(NewRun run, DateTimeOffset at)
    {
        var isKnown = database.Prepare("SELECT 1 FROM runs WHERE uid = ?").With(1, Uid(run.Uid)).One(missing: 0) == 1;
        if (isKnown) return;
        var number = database.Prepare("""
            INSERT INTO names (name, last) VALUES (?, 1)
            ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last
            """).With(1, run.Name).One(missing: 0);
        var definition = ContentHash.Of(run.Definition.Span);
        Keep(definition, run.Definition);
        var row = database.Prepare("""
            INSERT INTO runs (uid, name, number, kind, version, definition, created, arguments)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING row
            """)
            .With(1, Uid(run.Uid)).With(2, run.Name).With(3, number).With(4, run.Kind).With(5, run.Version)
            .With(6, definition.ToArray()).With(7, at.UtcTicks).With(8, run.Arguments.Span).One(missing: 0);
        foreach (var (key, value) in run.Labels)
            database.Prepare("INSERT INTO labels (run, key, value) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .With(1, row).With(2, key).With(3, value).Run();
    }

    private void Send(long run, InboxItem item) =>
        database.Prepare("""
            INSERT INTO inbox (run, key, kind, payload) SELECT ?1, ?2, ?3, ?4
            WHERE EXISTS (SELECT 1 FROM runs WHERE row = ?1) ON CONFLICT (run, key) DO NOTHING
            """)
            .With(1, run).With(2, item.Key).With(3, (long)item.Kind).With(4, item.Payload.Span).Run();

    private void Show(RunHead head)
    {
        var update = database.Prepare("""
            UPDATE runs SET started = ?2, ended = ?3, state = ?4, outcome = ?5,
                parked = ?6, park_message = ?7, live = ?8,
                incarnation = ?9, result = ?10, arguments = CASE WHEN ?2 IS NULL THEN arguments END
            WHERE row = ?1
            """);
        update.With(1, head.Row).With(2, head.Started).With(3, head.Ended).With(4, head.State)
            .With(5, (long)head.Outcome).With(6, (long)head.Parked).With(7, head.ParkMessage).With(8, head.Live)
            .With(9, head.Incarnation);
        if (head.Ended is not null) update.With(10, head.Result.Span);
        update.Run();
    }

    private void Keep(BlobRow blob)
    {
        Keep(blob.Hash, blob.Content);
        database.Prepare("INSERT INTO uses (run, hash) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .With(1, blob.Run).With(2, blob.Hash.ToArray()).Run();
    }

    /// <summary>A value that is there and is not what its hash says was damaged on the disk: it is healed.</summary>
    private void Keep(ContentHash hash, ReadOnlyMemory<byte> content) =>
        database.Prepare("INSERT INTO blobs (hash, content) "
            + "SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM blobs WHERE hash = ?1 AND content = ?2) "
            + "ON CONFLICT (hash) DO UPDATE SET content = excluded.content")
            .With(1, hash.ToArray()).With(2, content.Span).Run();

    private void Keep(SnapshotRow snapshot) =>
        database.Prepare("INSERT OR REPLACE INTO snapshots (run, seq, payload) VALUES (?, ?, ?)")
            .With(1, snapshot.Run).With(2, snapshot.Sequence).With(3, snapshot.Payload.Span).Run();

    private void Delete(long row)
    {
        string[] statements =
        [
            """
            DELETE FROM blobs WHERE hash IN (SELECT hash FROM uses WHERE run = ?1)
                AND NOT EXISTS (SELECT 1 FROM uses WHERE uses.hash = blobs.hash AND uses.run <> ?1)
                AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.definition = blobs.hash)
            """,
            """
            DELETE FROM blobs WHERE hash = (SELECT definition FROM runs WHERE row = ?1)
                AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.definition = blobs.hash AND runs.row <> ?1)
                AND NOT EXISTS (SELECT 1 FROM uses WHERE uses.hash = blobs.hash AND uses.run <> ?1)
            """,
            "DELETE FROM uses WHERE run = ?1",
            "DELETE FROM labels WHERE run = ?1",
            "DELETE FROM records WHERE place BETWEEN ?1 << 32 AND (?1 << 32) + 0xffffffff",
            "DELETE FROM snapshots WHERE run = ?1",
            "DELETE FROM inbox WHERE run = ?1",
            "DELETE FROM runs WHERE row = ?1",
        ];
        foreach (var statement in statements) database.Prepare(statement).With(1, row).Run();
    }

    /// <summary>A record's key: its run's row, then its sequence, of which a run has fewer than 2^32.</summary>
    internal static long Place(long run, long sequence) => (run << 32) + sequence;

    /// <summary>Big-endian, so that the file's order is that of the text form.</summary>
    internal static byte[] Uid(RunUid uid)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, uid.Value);
        return bytes;
    }
}

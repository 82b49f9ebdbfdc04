using Microsoft.Data.Sqlite;

namespace Cairn.Platform.Stores.Embedded;

/// <summary>The rows of one bucket. Writing methods are called inside a transaction of a <see
/// cref="WriteGate"/>.</summary>
internal sealed class BucketRows(long bucket)
{
    private const string ObjectColumns = "key, generation, size, sha256, updated, metadata, path";

    internal static BucketRows Open(WriteGate gate, string name)
    {
        gate.Connection.Run("INSERT OR IGNORE INTO bucket (name) VALUES ($name)", ("$name", name));
        return new BucketRows(
            gate.Connection.Number("SELECT id FROM bucket WHERE name = $name", ("$name", name))!.Value);
    }

    internal ObjectRow? Find(SqliteConnection connection, string key) => connection.All(
        $"SELECT {ObjectColumns} FROM object WHERE bucket = $bucket AND key = $key",
        ReadObject, ("$bucket", bucket), ("$key", key)).FirstOrDefault();

    internal bool Moving(SqliteConnection connection, string key) => connection.Number(
        "SELECT 1 FROM move WHERE bucket = $bucket AND key = $key LIMIT 1", ("$bucket", bucket), ("$key", key)) == 1;

    internal AnswerRow? Answer(SqliteConnection connection, string key, string effect) => connection.All(
        """
        SELECT request, generation, size, sha256, at, metadata FROM answer
        WHERE bucket = $bucket AND key = $key AND effect = $effect
        """,
        row => new AnswerRow(row.GetString(0), row.GetInt64(1), row.IsDBNull(2) ? null : new StoredObject(
            key, row.GetInt64(1), row.GetInt64(2), row.Text(3), Time(row.GetInt64(4)),
                MetadataText.Read(row.GetString(5)))),
        ("$bucket", bucket), ("$key", key), ("$effect", effect)).FirstOrDefault();

    /// <summary>Objects from a key on, in order; <paramref name="exclusive"/> leaves that key itself out.</summary>
    internal List<StoredObject> Range(
        SqliteConnection connection, string from, bool exclusive, string? before, int limit) => connection.All(
        $"""
        SELECT {ObjectColumns} FROM object WHERE bucket = $bucket AND key {(exclusive ? ">" : ">=")} $from
        {(before is null ? "" : "AND key < $before")} ORDER BY key LIMIT $limit
        """,
        row => ReadObject(row).Object,
        before is null
            ? [("$bucket", bucket), ("$from", from), ("$limit", limit)]
            : [("$bucket", bucket), ("$from", from), ("$before", before), ("$limit", limit)]);

    internal List<StoreEvent> Events(SqliteConnection connection, long after, int limit) => connection.All(
        """
        SELECT number, key, kind, generation, size, at FROM event WHERE bucket = $bucket AND number > $after
        AND number < COALESCE((SELECT MIN(event) FROM move WHERE bucket = $bucket), 9223372036854775807)
        ORDER BY number LIMIT $limit
        """,
        row => new StoreEvent(
            row.GetInt64(0), row.GetString(1),
            row.GetString(2) == "deleted" ? StoreEventKind.Deleted : StoreEventKind.Finalized,
            row.GetInt64(3), row.GetInt64(4), Time(row.GetInt64(5))),
        ("$bucket", bucket), ("$after", after), ("$limit", limit));

    internal long LastEvent(SqliteConnection connection) => connection.Number(
        "SELECT MAX(number) FROM event WHERE bucket = $bucket", ("$bucket", bucket)) ?? 0;

    internal List<MoveRow> Moves(SqliteConnection connection) => connection.All(
        "SELECT number, temp, path FROM move WHERE bucket = $bucket ORDER BY number",
        row => new MoveRow(row.GetInt64(0), row.Text(1), row.GetString(2)), ("$bucket", bucket));

    /// <summary>Forgets moves that are done.</summary>
    internal void Moved(WriteGate gate, long upTo) => gate.CommitLazily(
        "DELETE FROM move WHERE bucket = $bucket AND number <= $upTo", ("$bucket", bucket), ("$upTo", upTo));

    /// <summary>The next generation: the time in microseconds, or one more than the last where the clock
    /// lags.</summary>
    internal long NextGeneration(SqliteConnection connection, DateTimeOffset now) => connection.Number(
        """
        UPDATE bucket SET last_generation = MAX(last_generation + 1, $now) WHERE id = $bucket
        RETURNING last_generation
        """,
        ("$bucket", bucket), ("$now", Micros(now)))!.Value;

    /// <summary>Object, event and move of a put.</summary>
    internal void Put(SqliteConnection connection, StoredObject stored, string path, string temp, string? oldPath)
    {
        connection.Run(
            $"""
            INSERT OR REPLACE INTO object (bucket, {ObjectColumns})
            VALUES ($bucket, $key, $generation, $size, $sha256, $updated, $metadata, $path)
            """,
            ("$bucket", bucket), ("$key", stored.Key), ("$generation", stored.Generation), ("$size", stored.Size),
            ("$sha256", stored.Sha256), ("$updated", Micros(stored.Updated)),
            ("$metadata", MetadataText.Write(stored.Metadata)), ("$path", path));
        var number = Event(connection, stored.Key, "finalized", stored.Generation, stored.Size, stored.Updated);
        if (oldPath is not null && oldPath != path)
            Move(connection, number, stored.Key, null, oldPath);
        Move(connection, number, stored.Key, temp, path);
    }

    /// <summary>Object and event of a file that lies in its place already.</summary>
    internal void Take(SqliteConnection connection, StoredObject stored, string path)
    {
        connection.Run(
            $"""
            INSERT OR REPLACE INTO object (bucket, {ObjectColumns})
            VALUES ($bucket, $key, $generation, $size, $sha256, $updated, $metadata, $path)
            """,
            ("$bucket", bucket), ("$key", stored.Key), ("$generation", stored.Generation), ("$size", stored.Size),
            ("$sha256", stored.Sha256), ("$updated", Micros(stored.Updated)),
            ("$metadata", MetadataText.Write(stored.Metadata)), ("$path", path));
        Event(connection, stored.Key, "finalized", stored.Generation, stored.Size, stored.Updated);
    }

    /// <summary>Notes the version of a file that this store has just put in its place.</summary>
    internal void Wrote(WriteGate gate, string relative, string path, string version) => gate.CommitLazily(
        """
        INSERT INTO observed (path, version, generation)
        SELECT $path, $version, generation FROM object WHERE bucket = $bucket AND path = $relative
        ON CONFLICT (path) DO UPDATE SET version = excluded.version, generation = excluded.generation
        """,
        ("$path", path), ("$version", version), ("$bucket", bucket), ("$relative", relative));

    /// <summary>Row, event and move of a delete.</summary>
    internal void Delete(SqliteConnection connection, ObjectRow row, DateTimeOffset now)
    {
        connection.Run(
            "DELETE FROM object WHERE bucket = $bucket AND key = $key", ("$bucket", bucket), ("$key", row.Object.Key));
        var number = Event(connection, row.Object.Key, "deleted", row.Object.Generation, 0, now);
        Move(connection, number, row.Object.Key, null, row.Path);
    }

    /// <summary>Remembers an answer; <paramref name="stored"/> is null for a delete.</summary>
    internal void Remember(
        SqliteConnection connection, string key, string effect, string request, long generation,
            StoredObject? stored) =>
        connection.Run(
            """
            INSERT INTO answer (bucket, key, effect, request, generation, size, sha256, metadata, at)
            VALUES ($bucket, $key, $effect, $request, $generation, $size, $sha256, $metadata, $at)
            """,
            ("$bucket", bucket), ("$key", key), ("$effect", effect), ("$request", request),
            ("$generation", generation), ("$size", stored?.Size), ("$sha256", stored?.Sha256),
            ("$metadata", MetadataText.Write(stored?.Metadata ?? [])),
            ("$at", stored is null ? 0 : Micros(stored.Updated)));

    internal static long Micros(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    internal static DateTimeOffset Time(long micros) =>
        DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    private static ObjectRow ReadObject(SqliteDataReader row) => new(
        new StoredObject(
            row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3), Time(row.GetInt64(4)),
            MetadataText.Read(row.GetString(5))),
        row.GetString(6));

    private long Event(
        SqliteConnection connection, string key, string kind, long generation, long size, DateTimeOffset at) =>
        connection.Number(
            """
            INSERT INTO event (bucket, key, kind, generation, size, at)
            VALUES ($bucket, $key, $kind, $generation, $size, $at) RETURNING number
            """,
            ("$bucket", bucket), ("$key", key), ("$kind", kind), ("$generation", generation), ("$size", size),
            ("$at", Micros(at)))!.Value;

    private void Move(SqliteConnection connection, long number, string key, string? temp, string path) =>
        connection.Run(
        "INSERT INTO move (bucket, event, key, temp, path) VALUES ($bucket, $event, $key, $temp, $path)",
        ("$bucket", bucket), ("$event", number), ("$key", key), ("$temp", temp), ("$path", path));
}

namespace Cairn.Platform.Stores.Embedded;

/// <summary>The tables of the store index, by format version. Never edited, only added to.</summary>
internal static class StoreSchema
{
    /// <summary>
    /// `object.path` is where the bytes lie below the bucket's folder. `move` is what a committed transaction still has
    /// to do in the folder: rename `temp` to `path`, or remove `path` where `temp` is null. Times are microseconds
    /// since
    /// 1970 UTC. `observed` numbers the versions of files that others may change. Text is compared by its UTF-8 bytes.
    /// </summary>
    internal const string First = """
        CREATE TABLE bucket (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            last_generation INTEGER NOT NULL DEFAULT 0
        );
        CREATE TABLE object (
            bucket INTEGER NOT NULL,
            key TEXT NOT NULL,
            generation INTEGER NOT NULL,
            size INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            updated INTEGER NOT NULL,
            metadata TEXT NOT NULL,
            path TEXT NOT NULL,
            PRIMARY KEY (bucket, key)
        ) WITHOUT ROWID;
        CREATE TABLE answer (
            bucket INTEGER NOT NULL,
            key TEXT NOT NULL,
            effect TEXT NOT NULL,
            request TEXT NOT NULL,
            generation INTEGER NOT NULL,
            size INTEGER,
            sha256 TEXT,
            metadata TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (bucket, key, effect)
        ) WITHOUT ROWID;
        CREATE TABLE event (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            bucket INTEGER NOT NULL,
            key TEXT NOT NULL,
            kind TEXT NOT NULL,
            generation INTEGER NOT NULL,
            size INTEGER NOT NULL,
            at INTEGER NOT NULL
        );
        CREATE INDEX event_by_bucket ON event (bucket, number);
        CREATE TABLE move (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            bucket INTEGER NOT NULL,
            event INTEGER NOT NULL,
            key TEXT NOT NULL,
            temp TEXT,
            path TEXT NOT NULL
        );
        CREATE TABLE observed (
            path TEXT PRIMARY KEY,
            version TEXT NOT NULL,
            generation INTEGER NOT NULL
        ) WITHOUT ROWID;
        """;
}

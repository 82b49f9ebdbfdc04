namespace Cairn.Platform.Connectors.Records;

/// <summary>The tables of the records, by format version. Never edited, only added to.</summary>
internal static class RecordSchema
{
    /// <summary>
    /// `record` is a resource under its full name. `message` is one copy of a message for one subscription; it is
    /// hidden until `lease`. `due` is what this machine has to do by itself: deliver a task, fire a schedule. Times are
    /// milliseconds since 1970 UTC.
    /// </summary>
    internal const string First = """
        CREATE TABLE record (
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            json TEXT NOT NULL,
            created INTEGER NOT NULL,
            updated INTEGER NOT NULL,
            PRIMARY KEY (kind, name)
        ) WITHOUT ROWID;
        CREATE TABLE answer (
            effect TEXT PRIMARY KEY,
            digest TEXT NOT NULL,
            json BLOB NOT NULL,
            at INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX answer_by_time ON answer (at);
        CREATE TABLE message (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            subscription TEXT NOT NULL,
            json TEXT NOT NULL,
            lease INTEGER NOT NULL,
            ack TEXT,
            deliveries INTEGER NOT NULL
        );
        CREATE INDEX message_by_subscription ON message (subscription, lease, number);
        CREATE INDEX message_by_ack ON message (ack) WHERE ack IS NOT NULL;
        CREATE TABLE due (
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            at INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            PRIMARY KEY (kind, name)
        ) WITHOUT ROWID;
        CREATE INDEX due_by_time ON due (at);
        """;
}

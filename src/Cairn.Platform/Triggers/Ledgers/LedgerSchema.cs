namespace Cairn.Platform.Triggers.Ledgers;

/// <summary>The tables of the trigger ledger, by format version. Never edited, only added to.</summary>
internal static class LedgerSchema
{
    /// <summary>
    /// `claim` holds the exact keys: a row is made in the transaction that moves the cursor, its run is submitted
    /// under a uid that follows from its key. `highwater` is what is left of claims after 90 days. Times are
    /// microseconds since 1970 UTC. `standing.born` is a position of the stores' events.
    /// </summary>
    internal const string First = """
        CREATE TABLE standing (
            trigger_id TEXT PRIMARY KEY,
            born INTEGER NOT NULL,
            born_at INTEGER NOT NULL,
            paused INTEGER NOT NULL DEFAULT 0,
            planned INTEGER
        ) WITHOUT ROWID;
        CREATE TABLE cursor (
            store TEXT PRIMARY KEY,
            position INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE claim (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            trigger_id TEXT NOT NULL,
            subject TEXT NOT NULL,
            version INTEGER NOT NULL,
            round INTEGER NOT NULL,
            at INTEGER NOT NULL,
            state INTEGER NOT NULL,
            event TEXT,
            vals TEXT,
            run TEXT,
            message TEXT,
            UNIQUE (trigger_id, subject, version, round)
        );
        CREATE INDEX claim_waiting ON claim (number) WHERE state = 0;
        CREATE INDEX claim_by_subject ON claim (subject, version);
        CREATE TABLE highwater (
            trigger_id TEXT NOT NULL,
            subject TEXT NOT NULL,
            version INTEGER NOT NULL,
            PRIMARY KEY (trigger_id, subject)
        ) WITHOUT ROWID;
        CREATE TABLE log (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            trigger_id TEXT NOT NULL,
            subject TEXT NOT NULL,
            version INTEGER NOT NULL,
            outcome TEXT NOT NULL,
            detail TEXT NOT NULL,
            claim INTEGER
        );
        CREATE INDEX log_by_trigger ON log (trigger_id, number);
        CREATE INDEX log_by_subject ON log (subject, number);
        """;
}

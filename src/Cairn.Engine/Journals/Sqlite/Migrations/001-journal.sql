-- The journal, version 1. Migrations only go forward; a file once released is never changed.
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
INSERT INTO meta VALUES ('commit', 0), ('identity', randomblob(16));

-- The last number ever used for a name: it outlives its runs.
CREATE TABLE names (name TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE runs (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    uid BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    incarnation INTEGER NOT NULL DEFAULT 0,
    definition BLOB NOT NULL,
    created INTEGER NOT NULL,
    started INTEGER,
    ended INTEGER,
    state TEXT NOT NULL DEFAULT '',
    outcome INTEGER NOT NULL DEFAULT 1,
    parked INTEGER NOT NULL DEFAULT 0,
    park_message TEXT NOT NULL DEFAULT '',
    live INTEGER NOT NULL DEFAULT 0,
    arguments BLOB,
    result BLOB,
    UNIQUE (name, number)
);
CREATE INDEX runs_unfinished ON runs (row) WHERE ended IS NULL OR live > 0;
CREATE INDEX runs_ended ON runs (ended) WHERE ended IS NOT NULL;
CREATE INDEX runs_definition ON runs (definition);

CREATE TABLE labels (run INTEGER, key TEXT, value TEXT NOT NULL, PRIMARY KEY (run, key)) WITHOUT ROWID;
CREATE INDEX labels_value ON labels (key, value, run);

-- One row an event: payload in the engine's binary form, chain over the run's rows. The place is run * 2^32 + seq: one
-- tree in the order of (run, seq) whose leaves hold payloads up to 4 KB (those of a table without rowid end at 1 KB).
CREATE TABLE records (
    place INTEGER PRIMARY KEY,
    commit_no INTEGER NOT NULL,
    payload BLOB NOT NULL,
    chain BLOB NOT NULL
);

CREATE TABLE snapshots (run INTEGER PRIMARY KEY, seq INTEGER NOT NULL, payload BLOB NOT NULL);

-- A row stays when taken, so that the same key does not arrive twice.
CREATE TABLE inbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER NOT NULL,
    key TEXT NOT NULL,
    kind INTEGER NOT NULL,
    taken INTEGER NOT NULL DEFAULT 0,
    payload BLOB,
    UNIQUE (run, key)
);
CREATE INDEX inbox_waiting ON inbox (position) WHERE taken = 0;

-- Large values once by SHA-256, and which run's records need them. Definitions are named by their runs.
CREATE TABLE blobs (hash BLOB PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE uses (run INTEGER, hash BLOB, PRIMARY KEY (run, hash)) WITHOUT ROWID;
CREATE INDEX uses_hash ON uses (hash);

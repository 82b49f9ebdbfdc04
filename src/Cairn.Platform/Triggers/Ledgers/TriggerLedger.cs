using Cairn.Platform.Stores;
using Cairn.Platform.Stores.Embedded;
using Cairn.Platform.Stores.Files;
using Microsoft.Data.Sqlite;

namespace Cairn.Platform.Triggers.Ledgers;

/// <summary>
/// What the triggers of a state folder have seen and done: births, pauses, cursors, exact keys for 90 days and one
/// high-water version per subject after that, and the log (architecture 6). Safe from any thread; other processes may
/// write too.
/// </summary>
public sealed partial class TriggerLedger : IDisposable
{
    private const int Version = 1;

    /// <summary>How long keys are exact, and how long the log is kept.</summary>
    public static readonly TimeSpan KeyLife = TimeSpan.FromDays(90);

    private readonly Lock _using = new();
    private readonly SqliteConnection _connection;
    private readonly TimeProvider _clock;

    private TriggerLedger(SqliteConnection connection, TimeProvider clock)
    {
        _connection = connection;
        _clock = clock;
    }

    /// <summary>Opens, makes or migrates the ledger in a state folder.</summary>
    /// <exception cref="StoreException">It cannot be opened, or a newer version made it.</exception>
    public static TriggerLedger Open(string stateFolder, TimeProvider clock)
    {
        var file = Path.Combine(stateFolder, "triggers.db");
        SqliteConnection? connection = null;
        try
        {
            Directory.CreateDirectory(stateFolder);
            connection = Sql.Connect(file);
            Migrate(connection, file);
            return new TriggerLedger(connection, clock);
        }
        catch (Exception failure)
        {
            connection?.Dispose();
            if (IoFaults.Known(failure))
                throw IoFaults.Say($"the trigger ledger {file} cannot be opened", failure);
            throw;
        }
    }

    /// <summary>
    /// Takes up triggers: one seen for the first time is born at <paramref name="position"/> of the stores' events.
    /// </summary>
    public void TakeUp(IEnumerable<string> triggers, long position) => Write(() =>
    {
        foreach (var trigger in triggers)
            _connection.Run(
                """
                INSERT INTO standing (trigger_id, born, born_at, planned) VALUES ($trigger, $born, $at, $at)
                ON CONFLICT DO NOTHING
                """,
                ("$trigger", trigger), ("$born", position), ("$at", Now()));
    });

    /// <summary>What is known of a trigger; null: nobody has taken it up yet.</summary>
    public TriggerStanding? Standing(string trigger) => Read(() => _connection.All(
        "SELECT paused, born FROM standing WHERE trigger_id = $trigger",
        row => (TriggerStanding?)new TriggerStanding(row.GetInt64(0) != 0, row.GetInt64(1)),
        ("$trigger", trigger)).FirstOrDefault());

    /// <summary>Pauses a trigger that was taken up, or lets it go on.</summary>
    public void Pause(string trigger, bool paused) => Write(() => _connection.Run(
        "UPDATE standing SET paused = $paused WHERE trigger_id = $trigger",
        ("$trigger", trigger), ("$paused", paused ? 1 : 0)));

    /// <summary>The last time of its timetable that a trigger has dealt with.</summary>
    public DateTimeOffset? Planned(string trigger) => Read(() => _connection.Number(
        "SELECT planned FROM standing WHERE trigger_id = $trigger", ("$trigger", trigger)) is { } micros
            ? BucketRows.Time(micros)
            : (DateTimeOffset?)null);

    /// <summary>The last event of a store that has been decided; 0: none.</summary>
    public long Cursor(string store) => Read(() => _connection.Number(
        "SELECT position FROM cursor WHERE store = $store", ("$store", store)) ?? 0);

    /// <summary>Whether a store has a cursor.</summary>
    public bool HasCursor(string store) => Read(() => _connection.Number(
        "SELECT 1 FROM cursor WHERE store = $store", ("$store", store)) == 1);

    /// <summary>Forgets what is older than <see cref="KeyLife"/>; a high-water version per subject stays.</summary>
    public void Prune() => Write(() =>
    {
        var before = Now() - (long)KeyLife.TotalMicroseconds;
        _connection.Run(
            """
            INSERT INTO highwater (trigger_id, subject, version)
            SELECT trigger_id, subject, MAX(version) FROM claim WHERE at < $before AND state <> 0
            AND subject LIKE 'cairn:%' GROUP BY trigger_id, subject
            ON CONFLICT DO UPDATE SET version = MAX(version, excluded.version)
            """,
            ("$before", before));
        _connection.Run("DELETE FROM claim WHERE at < $before AND state <> 0", ("$before", before));
        _connection.Run("DELETE FROM log WHERE at < $before", ("$before", before));
    });

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private long Now() => BucketRows.Micros(_clock.GetUtcNow());

    private T Read<T>(Func<T> query)
    {
        lock (_using)
            return query();
    }

    private void Write(Action statements)
    {
        lock (_using)
        {
            _connection.Run("BEGIN IMMEDIATE");
            try
            {
                statements();
                _connection.Run("COMMIT");
            }
            catch
            {
                TryRollback();
                throw;
            }
        }
    }

    private void TryRollback()
    {
        try
        {
            _connection.Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does when the disk is full.
        }
    }

    private static void Migrate(SqliteConnection connection, string file)
    {
        connection.Run("BEGIN IMMEDIATE");
        var found = connection.Number("PRAGMA user_version") ?? 0;
        if (found > Version)
        {
            connection.Run("ROLLBACK");
            throw new StoreException(
                StoreFault.Damaged, $"{file} was written by a newer version (format {found}, this one knows {Version})",
                "use the newer version, or another state folder");
        }

        if (found < 1)
            connection.Run(LedgerSchema.First);
        connection.Run($"PRAGMA user_version={Version}");
        connection.Run("COMMIT");
    }
}

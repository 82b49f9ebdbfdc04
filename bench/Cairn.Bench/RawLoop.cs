using System.Diagnostics;
using Cairn.Engine.Journals;
using Cairn.Engine.Journals.Sqlite;

namespace Cairn.Bench;

/// <summary>
/// The yardstick: a plain loop that inserts exactly the rows that the engine wrote, in the engine's groups, into a file
/// with the same table, index and pragmas, with a statement prepared once.
/// </summary>
internal static class RawLoop
{
    public readonly record struct Row(long Commit, RecordRow Record);

    /// <summary>The rows of a journal in the order of their commits.</summary>
    public static List<Row> RowsOf(string journal)
    {
        using var database = new Database(journal, create: false, vfs: null);
        var select = database.Prepare("SELECT commit_no, place, payload, chain FROM records ORDER BY commit_no, place");
        List<Row> rows = [];
        while (select.Step())
            rows.Add(new Row(
                select.Long(0),
                new RecordRow(select.Long(1) >> 32, select.Long(1) & 0xffffffff, select.Bytes(2), select.Wide(3))));
        return rows;
    }

    /// <summary>Seconds to insert the rows.</summary>
    public static double Time(string path, List<Row> rows)
    {
        SqliteJournal.Open(path).Dispose();
        using var database = new Database(path, create: false, vfs: null);
        database.Run($"""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA wal_autocheckpoint = {SqliteJournalOptions.CheckpointCeiling};
            PRAGMA cache_size = -16384;
            PRAGMA temp_store = MEMORY
            """);
        using var checkpointer = new Checkpointer(path, vfs: null, new SqliteJournalOptions().CheckpointPages);
        var watch = Stopwatch.StartNew();
        for (var first = 0; first < rows.Count;)
        {
            var (commit, begin, bytes) = (rows[first].Commit, first, 0L);
            database.Prepare("BEGIN IMMEDIATE").Run();
            var insert = database.Prepare(
                "INSERT INTO records (place, commit_no, payload, chain) VALUES (?, ?, ?, ?)");
            for (; first < rows.Count && rows[first].Commit == commit; first++)
            {
                var record = rows[first].Record;
                bytes += record.Payload.Length;
                insert.With(1, SqliteWrites.Place(record.Run, record.Sequence)).With(2, commit)
                    .With(3, record.Payload.Span).With(4, record.Chain).Run();
            }

            database.Prepare("COMMIT").Run();
            checkpointer.Count(first - begin, bytes);
        }

        return watch.Elapsed.TotalSeconds;
    }
}

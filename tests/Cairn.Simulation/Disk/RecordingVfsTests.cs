using Cairn.Simulation.Seeds;
using Microsoft.Data.Sqlite;

namespace Cairn.Simulation.Disk;

/// <summary>The instrument itself, on a plain table, before it is trusted with the journal.</summary>
public sealed class RecordingVfsTests
{
    private const int Commits = 30;

    [Fact]
    public void Every_write_of_a_transaction_is_written_down_before_its_sync()
    {
        using var scratch = new ScratchFolder();
        var log = RecordWork(scratch, "FULL");

        var operations = log.Operations;

        Assert.Contains(operations, o => o is DiskOperation.Written { File: "plain.db-wal" });
        Assert.Contains(operations, o => o is DiskOperation.Written { File: "plain.db" });
        Assert.True(operations.Count(o => o is DiskOperation.Synced { File: "plain.db-wal" }) >= Commits);
        for (var i = 1; i < operations.Count; i++)
            if (operations[i] is DiskOperation.Acknowledged)
                Assert.IsType<DiskOperation.Synced>(operations[i - 1]);
    }

    [Fact]
    public void A_kill_after_any_write_keeps_what_was_acknowledged_and_no_half_of_a_transaction()
    {
        using var scratch = new ScratchFolder();
        var replay = new DiskReplay();
        foreach (var operation in RecordWork(scratch, "FULL").Operations)
        {
            replay.Apply(operation);
            Assert.Null(Fault(replay.AfterKill(), replay.Acknowledged, scratch));
        }
    }

    [Fact]
    public void A_power_loss_after_any_operation_keeps_what_was_acknowledged()
    {
        using var scratch = new ScratchFolder();
        Assert.Null(FirstFault(RecordWork(scratch, "FULL"), scratch));
    }

    [Fact]
    public void A_database_that_does_not_sync_is_caught()
    {
        using var scratch = new ScratchFolder();
        Assert.NotNull(FirstFault(RecordWork(scratch, "OFF"), scratch));
    }

    [Fact]
    public void A_full_disk_is_told_to_the_caller_and_leaves_the_database_whole()
    {
        using var scratch = new ScratchFolder();
        var log = new DiskLog(scratch.Below("live"));
        RecordingVfs.Record(log);
        using var connection = Open(log.Folder, "FULL");
        Insert(connection, 1);

        log.Fault = operation => operation is DiskOperation.Written ? 13 : null;
        var full = Assert.Throws<SqliteException>(() => Insert(connection, 2));
        log.Fault = null;
        Insert(connection, 2);

        Assert.Equal(13, full.SqliteErrorCode);
        Assert.Equal(2, Count(connection));
        RecordingVfs.Release(log);
    }

    private static string? FirstFault(DiskLog log, ScratchFolder scratch)
    {
        var replay = new DiskReplay();
        var dice = new Dice(1);
        foreach (var operation in log.Operations)
        {
            replay.Apply(operation);
            for (var i = 0; i < 3; i++)
                if (Fault(replay.AfterPowerLoss(dice), replay.Acknowledged, scratch) is { } fault)
                    return fault;
        }

        return null;
    }

    private static DiskLog RecordWork(ScratchFolder scratch, string synchronous)
    {
        var log = new DiskLog(scratch.Below("live"));
        RecordingVfs.Record(log);
        using (var connection = Open(log.Folder, synchronous))
        {
            Run(connection, "PRAGMA wal_autocheckpoint = 12");
            for (var number = 1; number <= Commits; number++)
            {
                Insert(connection, number);
                log.Acknowledge(number);
            }
        }

        RecordingVfs.Release(log);
        return log;
    }

    private static SqliteConnection Open(string folder, string synchronous)
    {
        var connection = new SqliteConnection($"Data Source={folder}/plain.db;Pooling=False");
        connection.Open();
        Run(connection, $"PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}");
        Run(connection, """
            CREATE TABLE IF NOT EXISTS one (number INTEGER PRIMARY KEY, filler BLOB);
            CREATE TABLE IF NOT EXISTS two (number INTEGER PRIMARY KEY, filler BLOB);
            """);
        return connection;
    }

    private static void Insert(SqliteConnection connection, int number) => Run(connection, $"""
        BEGIN;
        INSERT INTO one VALUES ({number}, zeroblob({number * 397 % 5000}));
        INSERT INTO two VALUES ({number}, zeroblob({number * 811 % 9000}));
        COMMIT;
        """);

    private static string? Fault(DiskImage image, long acknowledged, ScratchFolder scratch)
    {
        var folder = Path.Combine(scratch.Root, "image");
        image.WriteTo(folder);
        using var connection = Open(folder, "FULL");
        var (ones, twos) = (Count(connection), Scalar(connection, "SELECT count(*) FROM two"));
        if (ones != twos) return $"half a transaction: {ones} rows in one, {twos} in two";
        if (ones < acknowledged) return $"{acknowledged} commits were acknowledged, {ones} are there";
        var largest = Scalar(connection, "SELECT coalesce(max(number), 0) FROM one");
        return largest == ones ? null : $"{ones} rows, the last is {largest}";
    }

    private static long Count(SqliteConnection connection) => Scalar(connection, "SELECT count(*) FROM one");

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}

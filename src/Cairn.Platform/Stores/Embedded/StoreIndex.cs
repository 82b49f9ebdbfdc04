using Cairn.Platform.Stores.Files;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace Cairn.Platform.Stores.Embedded;

/// <summary>
/// The SQLite file that knows what all embedded buckets of one state folder hold. Two connections: one writes, under a
/// lock that holds between the threads of this process and between processes from the transaction until the files are
/// where the transaction says; one reads, and sees the last commit.
/// </summary>
public sealed class StoreIndex : IDisposable
{
    private const int Version = 1;

    private static readonly TimeSpan s_lockPoll = TimeSpan.FromMilliseconds(1);

    private readonly SemaphoreSlim _writing = new(1);
    private readonly Lock _reading = new();
    private readonly SqliteConnection _writer;
    private readonly SqliteConnection _reader;
    private readonly SafeFileHandle _lock;

    private StoreIndex(SqliteConnection writer, SqliteConnection reader, SafeFileHandle lockFile, TimeProvider clock)
    {
        _writer = writer;
        _reader = reader;
        _lock = lockFile;
        Clock = clock;
    }

    internal TimeProvider Clock { get; }

    /// <summary>Opens, makes or migrates the index in a state folder.</summary>
    /// <exception cref="StoreException">It cannot be opened, or a newer version made it.</exception>
    public static StoreIndex Open(string stateFolder, TimeProvider clock)
    {
        var file = Path.Combine(stateFolder, "stores.db");
        SqliteConnection? writer = null;
        SqliteConnection? reader = null;
        SafeFileHandle? lockFile = null;
        try
        {
            Directory.CreateDirectory(stateFolder);
            lockFile = Posix.OpenUnlocked(Path.Combine(stateFolder, "stores.lock"));
            writer = Sql.Connect(file);
            Migrate(writer, file);
            reader = Sql.Connect(file);
            return new StoreIndex(writer, reader, lockFile, clock);
        }
        catch (Exception failure)
        {
            reader?.Dispose();
            writer?.Dispose();
            lockFile?.Dispose();
            if (IoFaults.Known(failure))
                throw IoFaults.Say($"the store index {file} cannot be opened", failure);
            throw;
        }
    }

    /// <summary>Takes the writing lock; dispose to leave.</summary>
    internal async ValueTask<WriteGate> Enter(CancellationToken cancel)
    {
        await _writing.WaitAsync(cancel);
        try
        {
            // Never a blocked thread: the holder may need one to go on.
            while (Posix.Flock(_lock, Posix.LockExclusive | Posix.LockWithoutWaiting) != 0)
            {
                var errno = System.Runtime.InteropServices.Marshal.GetLastPInvokeError();
                if (errno == Posix.Ewouldblock)
                    await Task.Delay(s_lockPoll, Clock, cancel);
                else if (errno != Posix.Eintr)
                    throw new StoreException(StoreFault.Io, $"the store index cannot be locked (errno {errno})");
            }
        }
        catch
        {
            _writing.Release();
            throw;
        }

        return new WriteGate(_writer, () =>
        {
            _ = Posix.Flock(_lock, Posix.LockRelease);
            _writing.Release();
        });
    }

    /// <summary>Reads the last commit.</summary>
    internal T Read<T>(Func<SqliteConnection, T> query)
    {
        lock (_reading)
            return query(_reader);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _writer.Dispose();
        _lock.Dispose();
        _writing.Dispose();
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
            connection.Run(StoreSchema.First);
        connection.Run($"PRAGMA user_version={Version}");
        connection.Run("COMMIT");
    }
}

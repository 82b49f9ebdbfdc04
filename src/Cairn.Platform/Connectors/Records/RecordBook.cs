using System.Security.Cryptography;
using Cairn.Engine.Secrets;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Stores;
using Cairn.Platform.Stores.Embedded;
using Microsoft.Data.Sqlite;

namespace Cairn.Platform.Connectors.Records;

/// <summary>
/// The SQLite file in the state folder that holds what connectors make: topics, queues, documents, deployed flows. A
/// write and its answer are one transaction under the effect's key, so that a write asked for again after a crash
/// happens once and is answered the same.
/// </summary>
public sealed class RecordBook : IDisposable
{
    private const int Version = 1;
    private static readonly TimeSpan s_answersKept = TimeSpan.FromDays(90);

    private readonly Lock _writing = new();
    private readonly Lock _reading = new();
    private readonly TaskCompletionSource _made = Pulse();
    private readonly string _file;
    private readonly SecretVault _vault;
    private SqliteConnection? _writer;
    private SqliteConnection? _reader;
    private TaskCompletionSource _changed = Pulse();

    /// <summary>The records of a state folder; the file is opened or made when it is first needed.</summary>
    public RecordBook(string stateFolder, SecretVault vault, TimeProvider clock)
    {
        _file = Path.Combine(stateFolder, "records.db");
        _vault = vault;
        Clock = clock;
    }

    /// <summary>The time of rows.</summary>
    internal TimeProvider Clock { get; }

    /// <summary>Whether there are any records: nothing is due and nobody is called without.</summary>
    internal bool Exists => File.Exists(_file);

    /// <summary>Ends when the first record is written.</summary>
    internal Task Made => _made.Task;

    /// <summary>What the last commit says.</summary>
    internal T Read<T>(Func<RecordRows, T> query)
    {
        lock (_reading)
            return query(new RecordRows(_reader ??= OpenReader(), Clock.GetUtcNow()));
    }

    /// <summary>
    /// Makes a change once per effect key and returns its answer, the first one when it is asked for again. The same
    /// key with another request is refused. A <see cref="CallFault"/> changes nothing and is not remembered.
    /// </summary>
    internal FlowValue Once(Call call, Func<RecordRows, FlowValue> change)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(call.Order.Ask.Request.Span));
        return Write(rows =>
        {
            if (rows.Answer(call.Key) is { } first)
                return first.Digest == digest ? FlowJson.Decode(first.Answer, _vault) : throw CallFault.Bad(
                    $"{call.Name} was done under this effect key with other arguments");
            var answer = change(rows);
            rows.Remember(call.Key, digest, FlowJson.Encode(answer, _vault));
            return answer;
        });
    }

    /// <summary>Waits until a query says yes, at most for a while.</summary>
    internal async Task Until(Func<RecordRows, bool> query, TimeSpan patience, CancellationToken cancel)
    {
        var began = Clock.GetTimestamp();
        while (true)
        {
            // Taken before the look: a write in between completes it.
            var changed = Volatile.Read(ref _changed).Task;
            var left = patience - Clock.GetElapsedTime(began);
            if (Read(query) || left <= TimeSpan.Zero)
                return;
            await Task.WhenAny(changed, Task.Delay(left, Clock, cancel));
            cancel.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Makes a change that nobody's effect asked for: a schedule that is due, a task that was
    /// delivered.</summary>
    internal T Write<T>(Func<RecordRows, T> change)
    {
        T answer;
        lock (_writing)
        {
            var writer = _writer ??= OpenWriter();
            writer.Run("BEGIN IMMEDIATE");
            try
            {
                answer = change(new RecordRows(writer, Clock.GetUtcNow()));
                writer.Run("COMMIT");
            }
            catch
            {
                Rollback(writer);
                throw;
            }
        }

        _made.TrySetResult();
        Interlocked.Exchange(ref _changed, Pulse()).TrySetResult();
        return answer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writing)
            _writer?.Dispose();
        lock (_reading)
            _reader?.Dispose();
    }

    private static void Rollback(SqliteConnection writer)
    {
        try
        {
            writer.Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does when the disk is full.
        }
    }

    private SqliteConnection OpenReader()
    {
        // The writer makes and migrates the file.
        lock (_writing)
            _writer ??= OpenWriter();
        return Connect(_file);
    }

    private SqliteConnection OpenWriter()
    {
        SqliteConnection? writer = null;
        try
        {
            writer = Connect(_file);
            Migrate(writer, _file);
            var before = (Clock.GetUtcNow() - s_answersKept).ToUnixTimeMilliseconds();
            writer.Run("DELETE FROM answer WHERE at < $before", ("$before", before));
            return writer;
        }
        catch (Exception failure)
        {
            writer?.Dispose();
            if (failure is not SqliteException)
                throw;
            throw new StoreException(
                StoreFault.Io, $"{_file} cannot be opened: {failure.Message.TrimEnd('.')}", null, failure);
        }
    }

    private static TaskCompletionSource Pulse() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        connection.Open();
        connection.Run("PRAGMA journal_mode=WAL");
        connection.Run("PRAGMA synchronous=FULL");
        return connection;
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
            connection.Run(RecordSchema.First);
        connection.Run($"PRAGMA user_version={Version}");
        connection.Run("COMMIT");
    }
}

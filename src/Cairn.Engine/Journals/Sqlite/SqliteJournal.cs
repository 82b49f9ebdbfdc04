using Cairn.Engine.Records;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Journals.Sqlite;

/// <summary>
/// The journal of one machine: a SQLite file, WAL, synchronous=FULL, one connection that writes and one that reads. A
/// commit is durable, and noted by the witness, before <see cref="Commit"/> returns. Any process may open it; who owns
/// its runs is decided elsewhere (a lock beside it).
/// </summary>
public sealed class SqliteJournal : IJournal
{
    private const string RestoreHint = "restore the file from a copy; it can still be read";
    private readonly string _path;
    private readonly SqliteJournalOptions _options;
    private readonly Lock _writing = new();
    private readonly Lock _reading = new();
    private SqliteWrites _writes;
    private SqliteReads _reads;
    private Witness _witness;
    private Checkpointer? _checkpointer;

    private SqliteJournal(string path, SqliteJournalOptions options)
    {
        _path = path;
        _options = options;
        (_writes, _reads, _witness) = Connect();
        if (options.HasOwnCheckpointThread)
            _checkpointer = new Checkpointer(path, options.Vfs, options.CheckpointPages);
    }

    /// <summary>
    /// Opens the journal at <paramref name="path"/>, making or migrating it. Throws
    /// <see cref="JournalRefusedException"/>
    /// for a file that is not ours or is newer, <see cref="JournalLossException"/> when acknowledged commits are gone.
    /// </summary>
    public static SqliteJournal Open(string path, SqliteJournalOptions? options = null)
    {
        try
        {
            return new SqliteJournal(path, options ?? new SqliteJournalOptions());
        }
        catch (SqliteFailure failure)
        {
            throw new JournalRefusedException(
                $"the journal {path} cannot be opened: {failure.Message}",
                failure.IsDamage
                    ? "restore the file from a copy, or begin anew in another folder: its runs are lost with it"
                    : "look whether the folder is there, is yours, and its disk has room");
        }
    }

    /// <inheritdoc/>
    public CommitResult Commit(Batch batch)
    {
        if (_options.ReadOnly) return new CommitResult.Refused("the journal is open for reading only", IsLimit: false);
        lock (_writing)
        {
            try
            {
                var number = _writes.Commit(batch);
                _witness.Note(number);
                _checkpointer?.Count(batch.Records.Count, batch.Bytes);
                return new CommitResult.Committed(number);
            }
            catch (SqliteFailure failure)
            {
                return Failed(failure);
            }
            catch (IOException e)
            {
                // The witness could not be written; the commit itself stands, which Holds will find.
                return new CommitResult.Failed($"the witness of {_path}: {e.Message}");
            }
        }
    }

    /// <inheritdoc/>
    public string? Reopen()
    {
        lock (_writing)
            lock (_reading)
            {
                Close();
                try
                {
                    (_writes, _reads, _witness) = Connect();
                    if (_options.HasOwnCheckpointThread)
                        _checkpointer = new Checkpointer(_path, _options.Vfs, _options.CheckpointPages);
                    return null;
                }
                catch (Exception e) when (
                    e is SqliteFailure or JournalRefusedException or JournalLossException or IOException)
                {
                    return e.Message;
                }
            }
    }

    /// <inheritdoc/>
    public bool Holds(Batch batch) => Read(reads => reads.Holds(batch));

    /// <inheritdoc/>
    public long LastCommit() => Read(reads => reads.LastCommit());

    /// <summary>Changes whenever any other connection commits; cheap to poll.</summary>
    public long ChangeCount() => Read(reads => reads.ChangeCount());

    /// <inheritdoc/>
    public IReadOnlyList<RunHead> List(RunFilter filter) => Read(reads => reads.List(filter));

    /// <inheritdoc/>
    public RunHead? Find(string idOrUid) => Read(reads => reads.Find(idOrUid));

    /// <inheritdoc/>
    public RunHead? Find(long row) => Read(reads => reads.Find(row));

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Definition(RunHead run) =>
        Blob(ContentHash.Read(Convert.FromHexString(run.Definition)));

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Blob(ContentHash hash) => Read(reads => reads.Blob(hash));

    /// <inheritdoc/>
    public SnapshotRow? Snapshot(long row) => Read(reads => reads.Snapshot(row));

    /// <inheritdoc/>
    public IReadOnlyList<RecordRow> Records(long row, long after, int limit) =>
        Read(reads => reads.Records(row, after, limit));

    /// <inheritdoc/>
    public IReadOnlyList<InboxRow> Inbox(long afterPosition, int limit) =>
        Read(reads => reads.Inbox(afterPosition, limit));

    /// <inheritdoc/>
    public IReadOnlyList<string> Prune(DateTimeOffset endedBefore, int limit)
    {
        var old = Read(reads => reads.EndedBefore(endedBefore, limit));
        return [.. old.Where(run => Prune(run.Uid)).Select(run => run.Id)];
    }

    /// <inheritdoc/>
    public bool Prune(RunUid uid)
    {
        try
        {
            lock (_writing) return !_options.ReadOnly && _writes.Prune(uid, _witness);
        }
        catch (SqliteFailure failure) when (failure.IsDamage)
        {
            throw new JournalDamagedException($"the journal {_path}: {failure.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writing)
            lock (_reading)
                Close();
    }

    private T Read<T>(Func<SqliteReads, T> read)
    {
        try
        {
            lock (_reading) return read(_reads);
        }
        catch (SqliteFailure failure) when (failure.IsDamage)
        {
            throw new JournalDamagedException($"the journal {_path}: {failure.Message}");
        }
    }

    private CommitResult Failed(SqliteFailure failure)
    {
        // A failed rollback leaves the connection useless: then only opening again helps.
        var isUndone = _writes.TryRollback();
        var message = $"the journal {_path}: {failure.Message}";
        return (failure, isUndone) switch
        {
            ({ IsNoSpace: true }, true) => new CommitResult.NoSpace(message),
            ({ IsBusy: true }, true) => new CommitResult.Busy(message),
            _ => new CommitResult.Failed(message),
        };
    }

    private (SqliteWrites, SqliteReads, Witness) Connect()
    {
        var isNew = !File.Exists(_path);
        if (isNew && _options.ReadOnly)
            throw new JournalRefusedException($"there is no journal {_path}",
                "run something first, or name another folder");
        var writer = new Database(_path, create: !_options.ReadOnly, _options.Vfs);
        Witness? witness = null;
        try
        {
            Configure(writer, isNew);
            var writes = new SqliteWrites(writer);
            witness = new Witness(_path + ".witness", writes.Identity());
            Verify(writes, witness);
            var reader = new Database(_path, create: false, _options.Vfs);
            reader.Run($"PRAGMA busy_timeout = {(long)_options.Patience.TotalMilliseconds}; PRAGMA query_only = ON");
            return (writes, new SqliteReads(reader), witness);
        }
        catch
        {
            witness?.Dispose();
            writer.Dispose();
            throw;
        }
    }

    private void Configure(Database writer, bool isNew)
    {
        writer.Run($"PRAGMA busy_timeout = {(long)_options.Patience.TotalMilliseconds}");
        if (_options.ReadOnly)
        {
            Migrator.Known(writer, _path);
            writer.Run("PRAGMA query_only = ON");
            return;
        }

        Migrator.Known(writer, _path);
        var checkpoint = _options.HasOwnCheckpointThread
            ? SqliteJournalOptions.CheckpointCeiling
            : _options.CheckpointPages;
        if (isNew) writer.Run("PRAGMA auto_vacuum = INCREMENTAL");
        writer.Run($"""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA wal_autocheckpoint = {checkpoint};
            PRAGMA cache_size = -16384;
            PRAGMA temp_store = MEMORY;
            PRAGMA max_page_count = {_options.MaxPages}
            """);
        Migrator.Migrate(writer, _path);
    }

    private void Verify(SqliteWrites writes, Witness witness)
    {
        if (_options.ReadOnly) return;
        var (present, acknowledged) = (writes.LastCommit(), witness.Read());
        if (acknowledged <= present)
        {
            if (_options.AcceptLoss && !writes.TryMend())
                throw new JournalRefusedException($"{_path} does not hold together", RestoreHint);
            return;
        }

        if (!_options.AcceptLoss) throw new JournalLossException(_path, present, acknowledged);
        if (writes.IsDamaged())
            throw new JournalRefusedException(
                $"{_path} lost commits {present + 1} to {acknowledged}, and what is left does not hold together",
                RestoreHint);
        witness.Reset(present);
    }

    private void Close()
    {
        _checkpointer?.Dispose();
        _checkpointer = null;
        _reads.Dispose();
        _writes.Dispose();
        _witness.Dispose();
    }
}

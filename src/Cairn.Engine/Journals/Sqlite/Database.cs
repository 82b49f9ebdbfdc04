using SQLitePCL;

namespace Cairn.Engine.Journals.Sqlite;

/// <summary>
/// One SQLite connection by raw calls: the commit path is a few microseconds a row, and a general driver costs more
/// than
/// the insert. Not thread-safe; statements are prepared once and kept.
/// </summary>
internal sealed class Database : IDisposable
{
    private readonly sqlite3 _handle;
    private readonly SortedDictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    static Database() => Batteries_V2.Init();

    /// <summary>
    /// Opens a file, making it when <paramref name="create"/>; <paramref name="vfs"/>: SQLite's name of a file
    /// system.
    /// </summary>
    public Database(string path, bool create, string? vfs)
    {
        var flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX | (create ? raw.SQLITE_OPEN_CREATE : 0);
        var code = raw.sqlite3_open_v2(path, out _handle, flags, vfs);
        if (code == raw.SQLITE_OK)
        {
            raw.sqlite3_extended_result_codes(_handle, 1);
            return;
        }

        var failure = new SqliteFailure(code, $"{path}: {raw.sqlite3_errstr(code).utf8_to_string()}");
        raw.sqlite3_close_v2(_handle);
        throw failure;
    }

    /// <summary>Whether a transaction is open.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>A statement for this text, prepared once, reset and without bindings.</summary>
    public Statement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var known)) return known.Clear();
        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var prepared));
        return _statements[sql] = new Statement(this, prepared);
    }

    /// <summary>Runs statements without parameters and without rows.</summary>
    public void Run(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>The first column of the first row; 0 when there is none.</summary>
    public long Number(string sql) => Prepare(sql).One(missing: 0);

    public void Check(int code)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE) return;
        throw new SqliteFailure(
            raw.sqlite3_extended_errcode(_handle), raw.sqlite3_errmsg(_handle).utf8_to_string());
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _statements.Clear();
        raw.sqlite3_close_v2(_handle);
        _handle.Dispose();
    }
}

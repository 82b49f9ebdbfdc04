using SQLitePCL;

namespace Cairn.Engine.Journals.Sqlite;

/// <summary>What SQLite answered instead of doing it.</summary>
internal sealed class SqliteFailure(int code, string message) : Exception($"{message} (SQLite {code})")
{
    /// <summary>The primary result code.</summary>
    public int Code => code & 0xff;

    /// <summary>No room, or a quota used up: worth another try later.</summary>
    public bool IsNoSpace => Code == raw.SQLITE_FULL;

    /// <summary>The file's own structure is broken.</summary>
    public bool IsDamage => Code is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>Another writer holds the lock.</summary>
    public bool IsBusy => Code is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;
}

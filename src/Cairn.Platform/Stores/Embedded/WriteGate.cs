using Microsoft.Data.Sqlite;

namespace Cairn.Platform.Stores.Embedded;

/// <summary>The right to write, held until disposed.</summary>
internal sealed class WriteGate(SqliteConnection connection, Action leave) : IDisposable
{
    /// <summary>The writing connection.</summary>
    internal SqliteConnection Connection { get; } = connection;

    /// <summary>Runs statements as one durable transaction.</summary>
    internal void Commit(Action statements)
    {
        Connection.Run("BEGIN IMMEDIATE");
        try
        {
            statements();
            Connection.Run("COMMIT");
        }
        catch
        {
            TryRollback();
            throw;
        }
    }

    /// <summary>
    /// Runs one statement without waiting for the disk: if it is lost, recovery finds the work done and says so again.
    /// </summary>
    internal void CommitLazily(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        Connection.Run("PRAGMA synchronous=NORMAL");
        try
        {
            Connection.Run(sql, values);
        }
        finally
        {
            Connection.Run("PRAGMA synchronous=FULL");
        }
    }

    public void Dispose() => leave();

    private void TryRollback()
    {
        try
        {
            Connection.Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does when the disk is full.
        }
    }
}

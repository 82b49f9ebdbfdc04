namespace Cairn.Engine.Journals.Sqlite;

/// <summary>
/// Carries the write-ahead log into the file on a thread and a connection of its own, so that no commit waits for it.
/// It never blocks a writer (a passive checkpoint); the writer's own ceiling on the log stays behind it.
/// </summary>
internal sealed class Checkpointer : IDisposable
{
    /// <summary>Bytes that one row costs the log at least: the page it lands on.</summary>
    private const long PageBytes = 4096;

    private readonly Database _database;
    private readonly long _every;
    private readonly SemaphoreSlim _due = new(0);
    private readonly Thread _thread;
    private volatile bool _isClosing;
    private long _written;

    /// <summary>Starts the thread.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="vfs">SQLite's name of its file system.</param>
    /// <param name="pages">Pages of the log between two checkpoints.</param>
    public Checkpointer(string path, string? vfs, int pages)
    {
        _database = new Database(path, create: false, vfs);
        _every = pages * PageBytes;
        _thread = new Thread(Run) { IsBackground = true, Name = "cairn checkpoint" };
        _thread.Start();
    }

    /// <summary>Counts what a commit wrote; called by one thread at a time.</summary>
    public void Count(int rows, long bytes)
    {
        _written += bytes + (rows * PageBytes);
        if (_written < _every) return;
        _written = 0;
        if (_due.CurrentCount == 0) _due.Release();
    }

    public void Dispose()
    {
        _isClosing = true;
        _due.Release();
        _thread.Join();
        _database.Dispose();
        _due.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            _due.Wait();
            if (_isClosing) return;
            try
            {
                _database.Prepare("PRAGMA wal_checkpoint(PASSIVE)").Run();
            }
            catch (SqliteFailure)
            {
                // The log stays as it is; a disk that fails or is full shows itself in the next commit.
            }
        }
    }
}

namespace Cairn.Engine.Journals.Sqlite;

/// <summary>How a journal file is opened.</summary>
public sealed record SqliteJournalOptions
{
    /// <summary>Reads only: every commit is refused. What is lost is no obstacle then.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Goes on although acknowledged commits are lost.</summary>
    public bool AcceptLoss { get; init; }

    /// <summary>SQLite's name of the file system to use; null: the default one.</summary>
    public string? Vfs { get; init; }

    /// <summary>How long a commit waits for another writer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Pages in the log before it is carried into the file: 16 MB.</summary>
    public int CheckpointPages { get; init; } = 4096;

    /// <summary>
    /// Carries the log into the file on a thread of its own; else a commit does it now and then (the simulator's way).
    /// </summary>
    public bool HasOwnCheckpointThread { get; init; }

    /// <summary>Pages in the log at which a commit carries it over itself all the same: 128 MB.</summary>
    internal const int CheckpointCeiling = 32_768;

    /// <summary>The file's largest size in pages of 4 KB; beyond it a commit finds no space.</summary>
    public int MaxPages { get; init; } = 1_000_000_000;
}

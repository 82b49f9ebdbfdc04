using Microsoft.Data.Sqlite;

namespace Cairn.Platform.Stores.Files;

/// <summary>Turns what the operating system and SQLite throw into <see cref="StoreException"/>.</summary>
internal static class IoFaults
{
    private const int SqliteBusy = 5;
    private const int SqliteFull = 13;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Whether an exception is one that <see cref="Say"/> knows.</summary>
    internal static bool Known(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or SqliteException;

    /// <summary>The failure in the store's words.</summary>
    /// <param name="what">What was being done: `cairn://vda/clip.mp4 cannot be written`.</param>
    /// <param name="failure">What was thrown.</param>
    internal static StoreException Say(string what, Exception failure) => failure switch
    {
        IOException full when IsFull(full) => Full(what, full),
        SqliteException { SqliteErrorCode: SqliteFull } full => Full(what, full),
        SqliteException { SqliteErrorCode: SqliteBusy } busy => new StoreException(
            StoreFault.Unreachable, $"{what}: another process holds the store's index", "try again later", busy),
        UnauthorizedAccessException or IOException { HResult: Posix.Eacces or Posix.Eperm } => new StoreException(
            StoreFault.Denied, $"{what}: {failure.Message.TrimEnd('.')}", "look at the owner and mode of the folder",
            failure),
        _ => new StoreException(StoreFault.Io, $"{what}: {failure.Message.TrimEnd('.')}", inner: failure),
    };

    private static StoreException Full(string what, Exception failure) => new(
        StoreFault.Full, $"{what}: the disk is full; nothing was changed",
        "make room (`cairn runs prune` removes what ended runs keep) and try again", failure);

    /// <summary>Whether there was no room on the disk or under the quota.</summary>
    // .NET gives errno as HResult on Unix for most calls, and the Windows code for a full disk in FileStream.
    internal static bool IsFull(IOException failure) =>
        failure.HResult is Posix.Enospc or Posix.Edquot or WindowsDiskFull;
}

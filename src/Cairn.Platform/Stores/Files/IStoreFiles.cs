using System.Diagnostics.CodeAnalysis;

namespace Cairn.Platform.Stores.Files;

/// <summary>
/// The changes that a store makes to its folder, one call a step. Tests put a file system in between that dies between
/// any two steps. Failures are <see cref="IOException"/> and <see cref="UnauthorizedAccessException"/>.
/// </summary>
public interface IStoreFiles
{
    /// <summary>A new file, locked for as long as the stream is open: what a dead process left has no lock.</summary>
    FileStream Create(string path);

    /// <summary>Gives an existing file a second name; false where that cannot be (other disk, no links).</summary>
    bool TryLink(string existing, string fresh);

    /// <summary>Opens a file that <see cref="TryLink"/> made, locked likewise.</summary>
    FileStream Reopen(string path);

    /// <summary>Makes the file's bytes durable.</summary>
    [SuppressMessage("Naming", "CA1716", Justification = "fsync by its name")]
    void Sync(FileStream file);

    /// <summary>Makes the folder and those above it, and makes their names durable.</summary>
    void MakeFolder(string path);

    /// <summary>Puts a file in place of what is there.</summary>
    void Rename(string from, string to);

    /// <summary>Removes a file if it is there.</summary>
    void Remove(string path);

    /// <summary>Removes a folder if it is empty; false when it is not.</summary>
    bool RemoveFolder(string path);

    /// <summary>Makes the names in a folder durable.</summary>
    void SyncFolder(string path);
}

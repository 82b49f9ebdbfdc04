using System.Security.Cryptography;
using System.Text;
using Cairn.Platform.Stores.Files;

namespace Cairn.Platform.Stores.Embedded;

/// <summary>
/// The folder of one bucket. `KEY` lies at the path `KEY`, so a person can open it. Two keys that a folder cannot hold
/// at once, `a` and `a/b`: the one that comes second lies under `.cairn-store/aside/`, named by the hash of its key.
/// </summary>
internal sealed class BucketFolder(string root, IStoreFiles files)
{
    private const string Aside = ObjectKey.Reserved + "/aside";

    private readonly string _temps = Path.Combine(root, ObjectKey.Reserved, "tmp");

    internal string Root => root;

    internal string Full(string relative) => Path.Combine(root, relative);

    /// <summary>Makes the folder and removes what writers that died left: their temporary files have no lock.</summary>
    internal void Open(IReadOnlyList<MoveRow> committed)
    {
        files.MakeFolder(_temps);
        var wanted = committed.Where(move => move.Temp is not null).Select(move => move.Temp).ToHashSet();
        foreach (var path in Directory.EnumerateFiles(_temps))
            if (!wanted.Contains(Path.GetFileName(path)) && !TempFile.IsLocked(path))
                files.Remove(path);
    }

    /// <summary>Writes the content to a temporary file and makes it durable.</summary>
    internal ValueTask<TempFile> Write(Content content, CancellationToken cancel) =>
        TempFile.Write(
            Path.Combine(_temps, RandomNumberGenerator.GetHexString(32, lowercase: true)), files, content, cancel);

    /// <summary>Where the bytes of a key are to lie, and makes the folders to it. Called under the writing
    /// lock.</summary>
    /// <exception cref="StoreException">The way leads through a symbolic link.</exception>
    internal string Place(string key)
    {
        var plain = HasPlace(key);
        var relative = plain ? key
            : $"{Aside}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";
        files.MakeFolder(Path.GetDirectoryName(Full(relative))!);
        return relative;
    }

    /// <summary>Does what a committed transaction still wants; harmless to repeat.</summary>
    internal void Perform(MoveRow move)
    {
        var path = Full(move.Path);
        if (move.Temp is not null)
        {
            var temp = Path.Combine(_temps, move.Temp);
            if (!File.Exists(temp))
                return;
            files.MakeFolder(Path.GetDirectoryName(path)!);
            files.Rename(temp, path);
            files.SyncFolder(Path.GetDirectoryName(path)!);
            return;
        }

        files.Remove(path);
        if (Path.GetDirectoryName(path) is { } folder && Directory.Exists(folder))
            files.SyncFolder(folder);
        RemoveEmptyFolders(Path.GetDirectoryName(move.Path));
    }

    /// <summary>Opens the bytes of an object; null when they are not there.</summary>
    internal FileStream? TryOpen(string relative)
    {
        try
        {
            RefuseLinks(relative, relative.Split('/').Length);
            return new FileStream(
                Full(relative), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16,
                FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private bool HasPlace(string key)
    {
        var parts = key.Split('/');
        RefuseLinks(key, parts.Length - 1);
        for (var i = 1; i < parts.Length; i++)
        {
            var above = Full(string.Join('/', parts[..i]));
            if (File.Exists(above))
                return false;
            if (!Directory.Exists(above))
                return true;
        }

        return !Directory.Exists(Full(key));
    }

    // A link inside the folder could lead anywhere: neither reads nor writes go through one.
    private void RefuseLinks(string relative, int parts)
    {
        var end = -1;
        for (var i = 0; i < parts; i++)
        {
            end = relative.IndexOf('/', end + 1);
            var above = end < 0 ? relative : relative[..end];
            if (new FileInfo(Full(above)).LinkTarget is not null)
                throw new StoreException(
                    StoreFault.BadName, $"object name \"{relative}\" leads through the symbolic link {Full(above)}",
                    "remove the link: a bucket's folder holds plain files and folders only");
        }
    }

    private void RemoveEmptyFolders(string? relative)
    {
        while (!string.IsNullOrEmpty(relative) && relative != Aside && files.RemoveFolder(Full(relative)))
            relative = Path.GetDirectoryName(relative);
    }
}

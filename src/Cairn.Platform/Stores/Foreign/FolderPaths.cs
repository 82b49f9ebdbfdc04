using System.Security.Cryptography;
using Cairn.Platform.Stores.Files;

namespace Cairn.Platform.Stores.Foreign;

/// <summary>Keys to paths of a plain folder, and the temporary files in it.</summary>
internal sealed class FolderPaths(string root, IStoreFiles files)
{
    private const string TempPrefix = ".cairn-";
    private const string TempSuffix = ".part";

    private readonly HashSet<string> _cleaned = new(StringComparer.Ordinal);

    internal string Root => root;

    /// <summary>The path of a key; no folder on the way below the root is a symbolic link.</summary>
    internal string Of(string key)
    {
        ObjectKey.Check(key);
        for (var end = key.IndexOf('/'); end >= 0; end = key.IndexOf('/', end + 1))
        {
            var above = Path.Combine(root, key[..end]);
            if (new DirectoryInfo(above).LinkTarget is not null)
                throw new StoreException(
                    StoreFault.BadName, $"object name \"{key}\" leads through the symbolic link {above}",
                    "name the folder that the link means");
        }

        return Path.Combine(root, key);
    }

    /// <summary>Makes the folders to a key, and once removes what writers that died left there.</summary>
    internal void Prepare(string key)
    {
        var path = Path.Combine(root, key);
        if (Directory.Exists(path))
            throw new StoreException(StoreFault.BadName, $"{path} is a folder, no object can have its name");
        var folder = Path.GetDirectoryName(path)!;
        for (var above = folder; above.Length > root.Length; above = Path.GetDirectoryName(above)!)
            if (File.Exists(above))
                throw new StoreException(StoreFault.BadName, $"{above} is a file, no object can lie below it");
        files.MakeFolder(folder);
        lock (_cleaned)
            if (!_cleaned.Add(folder))
                return;
        foreach (var left in Directory.EnumerateFiles(folder, $"{TempPrefix}*{TempSuffix}"))
            if (!TempFile.IsLocked(left))
                files.Remove(left);
    }

    /// <summary>A new temporary name beside a path.</summary>
    internal static string Temp(string path) =>
        Path.Combine(
            Path.GetDirectoryName(path)!,
            $"{TempPrefix}{RandomNumberGenerator.GetHexString(32, lowercase: true)}{TempSuffix}");

    /// <summary>Whether a file name is one of ours that no listing shows.</summary>
    internal static bool IsTemp(string name) =>
        name.StartsWith(TempPrefix, StringComparison.Ordinal) && name.EndsWith(TempSuffix, StringComparison.Ordinal);
}

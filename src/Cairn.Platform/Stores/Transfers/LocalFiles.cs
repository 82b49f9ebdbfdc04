namespace Cairn.Platform.Stores.Transfers;

/// <summary>The files of an upload with their keys, in key order, symbolic links to files resolved.</summary>
internal sealed class LocalFiles
{
    private readonly List<(string Path, string Key)> _files = [];
    private readonly List<string> _warnings = [];
    private readonly IReadOnlyList<SeenFolder> _seen;

    private LocalFiles(IReadOnlyList<SeenFolder> seen) => _seen = seen;

    internal IReadOnlyList<(string Path, string Key)> Files => _files;

    internal IReadOnlyList<string> Warnings => _warnings;

    internal static LocalFiles Of(UploadSource source, IReadOnlyList<SeenFolder> seen)
    {
        var local = new LocalFiles(seen);
        switch (source)
        {
            case UploadSource.OneFile file:
                local.Add(new FileInfo(Path.GetFullPath(file.Path)), Path.GetFileName(file.Path));
                break;
            case UploadSource.Folder folder:
                local.Walk(folder.Path, Path.GetFileName(Path.GetFullPath(folder.Path)) + "/");
                break;
            case UploadSource.Contents contents:
                local.Walk(contents.Path, "");
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        local._files.Sort((left, right) => ObjectKey.Compare(left.Key, right.Key));
        return local;
    }

    private void Walk(string folder, string prefix)
    {
        try
        {
            foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
            {
                if (entry is DirectoryInfo { LinkTarget: null })
                    Walk(entry.FullName, prefix + entry.Name + "/");
                else
                    Add(entry, prefix + entry.Name);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Stores.Files.IoFaults.Say($"{folder} cannot be read", failure);
        }
    }

    private void Add(FileSystemInfo entry, string key)
    {
        var path = entry.FullName;
        if (entry.LinkTarget is not null)
        {
            if (SeenPaths.Resolve(path, _seen) is not { } target)
            {
                _warnings.Add($"{key} is a symbolic link that leads nowhere or out of the task; it was left out");
                return;
            }

            if (Directory.Exists(target))
                return;
            path = target;
        }

        // Sockets, pipes and devices have no bytes to keep.
        if (Foreign.FileVersion.IsRegular(path))
            _files.Add((path, key));
        else
            _warnings.Add($"{key} is no regular file; it was left out");
    }
}

namespace Cairn.Platform.Executors.Local.Sandboxes;

/// <summary>
/// The host's read-only folders as bubblewrap arguments. A file that a task wants at a path which the host does not
/// have needs a place to be mounted on: the folders on the way to it are opened, that is, rebuilt from their entries.
/// </summary>
internal sealed class HostTree
{
    private static readonly string[] s_roots =
        ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc"];

    private readonly SortedSet<string> _opened = new(StringComparer.Ordinal);

    /// <summary>A tree with room for files at these absolute paths.</summary>
    public HostTree(IEnumerable<string> wanted)
    {
        foreach (var path in wanted)
            if (s_roots.Any(root => path.StartsWith(root + "/", StringComparison.Ordinal)) && !Exists(path))
                Open(path);
    }

    /// <summary>The arguments that build the tree.</summary>
    public IEnumerable<string> Arguments() => s_roots.Where(Exists).SelectMany(Emit);

    private IEnumerable<string> Emit(string path)
    {
        if (new FileInfo(path).LinkTarget is { } target)
            return ["--symlink", target, path];
        if (!_opened.Contains(path))
            return ["--ro-bind", path, path];
        return new[] { "--perms", "0755", "--dir", path }.Concat(
            Directory.EnumerateFileSystemEntries(path).Order(StringComparer.Ordinal).SelectMany(Emit));
    }

    private void Open(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        while (!Directory.Exists(folder))
            folder = Path.GetDirectoryName(folder)!;
        for (var real = Real(folder); real.Length > 1; real = Path.GetDirectoryName(real)!)
            _opened.Add(real);
    }

    /// <summary>The folder with links on its way resolved: /bin is /usr/bin on most hosts.</summary>
    private static string Real(string folder)
    {
        var real = "/";
        foreach (var part in folder.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            if (new DirectoryInfo(real).ResolveLinkTarget(returnFinalTarget: true) is { } target)
                real = target.FullName;
        }

        return real;
    }

    private static bool Exists(string path) => Path.Exists(path);
}

namespace Cairn.Platform.Stores.Foreign;

/// <summary>Pages of a plain folder in key order; only folders that can hold keys of the page are read.</summary>
internal sealed class FolderListing
{
    private readonly string _root;
    private readonly ListQuery _query;
    private readonly int _limit;
    private readonly List<(string Key, FileVersion Version)> _files = [];
    private readonly List<string> _prefixes = [];
    private string? _last;
    private bool _more;

    private FolderListing(string root, ListQuery query)
    {
        _root = root;
        _query = query;
        _limit = Math.Clamp(query.Limit, 1, ListQuery.LargestPage);
    }

    internal static (List<(string Key, FileVersion Version)> Files, List<string> Prefixes, string? Next) Page(
        string root, ListQuery query)
    {
        var listing = new FolderListing(root, query);
        listing.Walk("");
        return (listing._files, listing._prefixes, listing._more ? listing._last : null);
    }

    // Folders sort with a slash at their end, as their keys do: "a-b" before "a/b". False: the page is full.
    private bool Walk(string folder)
    {
        var path = Path.Combine(_root, folder);
        if (!Directory.Exists(path))
            return true;
        var entries = new DirectoryInfo(path).EnumerateFileSystemInfos()
            .Select(entry => (Entry: entry, Key: folder + entry.Name + (entry is DirectoryInfo ? "/" : "")))
            .ToList();
        entries.Sort((left, right) => ObjectKey.Compare(left.Key, right.Key));
        foreach (var (entry, key) in entries)
        {
            var goOn = entry is DirectoryInfo inner
                ? inner.LinkTarget is not null || Skips(key) || Take(key, null)
                : Hidden(entry.Name, key) || Take(key, FileVersion.Of(entry.FullName));
            if (!goOn)
                return false;
        }

        return true;
    }

    private static bool Hidden(string name, string key) => FolderPaths.IsTemp(name) || ObjectKey.Wrong(key) is not null;

    // Whether no key below a folder can be wanted: all are before the page or beside the prefix.
    private bool Skips(string folder)
    {
        var beside = folder.Length < _query.Prefix.Length
            ? !_query.Prefix.StartsWith(folder, StringComparison.Ordinal)
            : !folder.StartsWith(_query.Prefix, StringComparison.Ordinal);
        return beside || folder == ObjectKey.Reserved + "/"
            || (_query.After is { } after && ObjectKey.Compare(after, folder) > 0
                && !after.StartsWith(folder, StringComparison.Ordinal));
    }

    private bool Take(string key, FileVersion? version)
    {
        var isFolder = key.EndsWith('/');
        if (_query.Delimiter is { Length: > 0 } delimiter && key.Length >= _query.Prefix.Length
            && key.StartsWith(_query.Prefix, StringComparison.Ordinal)
            && key.IndexOf(delimiter, _query.Prefix.Length, StringComparison.Ordinal) is >= 0 and var cut)
        {
            var fold = key[..(cut + delimiter.Length)];
            return (isFolder && !HoldsObjects(key)) || TakeFold(fold);
        }

        if (isFolder)
            return Walk(key);
        if (version is not { } found || !key.StartsWith(_query.Prefix, StringComparison.Ordinal) || IsBefore(key))
            return true;
        if (Full())
            return false;
        _files.Add((key, found));
        _last = key;
        return true;
    }

    private bool TakeFold(string fold)
    {
        if (IsBefore(fold) || (_prefixes.Count > 0 && _prefixes[^1] == fold))
            return true;
        if (Full())
            return false;
        _prefixes.Add(fold);
        _last = fold;
        return true;
    }

    private bool HoldsObjects(string folder) => new FolderListing(_root, new ListQuery { Prefix = folder, Limit = 1 })
        is var probe && (!probe.Walk(folder) || probe._files.Count > 0);

    private bool IsBefore(string key) => _query.After is { } after && ObjectKey.Compare(key, after) <= 0;

    private bool Full() => _more = _files.Count + _prefixes.Count == _limit;
}

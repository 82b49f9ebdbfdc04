using Cairn.Platform.Stores.Embedded;
using Cairn.Platform.Stores.Files;
using Cairn.Platform.Stores.Foreign;

namespace Cairn.Platform.Stores;

/// <summary>
/// All stores that URLs can name (architecture 6): embedded buckets (`cairn://NAME`, and the foreign prefixes that they
/// serve), plain folders (`file:`), web servers (`http:`, `https:`, read only). Safe from any thread; opened once per
/// process and state folder.
/// </summary>
public sealed class ObjectStores : IDisposable
{
    private readonly Dictionary<string, EmbeddedBucket> _buckets = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _opening = new(1);
    private readonly HttpClient _client = new();
    private readonly StoreLayout _layout;
    private readonly StoreIndex _index;

    private ObjectStores(StoreLayout layout, StoreIndex index)
    {
        _layout = layout;
        _index = index;
    }

    /// <summary>Opens the index in the state folder; buckets are opened when first named.</summary>
    public static ObjectStores Open(StoreLayout layout, TimeProvider clock) =>
        new(layout, StoreIndex.Open(layout.StateFolder, clock));

    /// <summary>Names of the embedded buckets there are, sorted.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            var made = Path.Combine(_layout.StateFolder, "stores");
            var names = new SortedSet<string>(_layout.Declared.Select(store => store.Name), StringComparer.Ordinal);
            if (Directory.Exists(made))
                names.UnionWith(Directory.EnumerateDirectories(made).Select(folder => Path.GetFileName(folder)!));
            return [.. names];
        }
    }

    /// <summary>Foreign prefixes that declared stores answer for, as written.</summary>
    public IEnumerable<string> ServedUrls => _layout.Declared.SelectMany(store => store.Serves);

    /// <summary>The name of the store that answers for a whole foreign bucket, or null.</summary>
    public string? ServedAs(string url) => Served(url) is { Path: "" } served ? served.Name : null;

    /// <summary>Whether cairn.yaml declares a store of this name.</summary>
    public bool IsDeclared(string name) => _layout.Declared.Any(store => store.Name == name);

    /// <summary>Whether there is a store of this name.</summary>
    public bool Has(string name) =>
        IsDeclared(name) || (WrongName(name) is null && Directory.Exists(Undeclared(name)));

    /// <summary>Whether no file lies where an undeclared store of this name would be.</summary>
    public bool IsEmptyFolder(string name) => !Directory.Exists(Undeclared(name)) || !Directory
        .EnumerateFileSystemEntries(Undeclared(name)).Any(path => Path.GetFileName(path) != ObjectKey.Reserved);

    /// <summary>Makes the folder of a store under the state folder; it may be there.</summary>
    public void Make(string name) => Directory.CreateDirectory(Undeclared(name));

    /// <summary>Removes a store under the state folder that holds no object; it may be gone.</summary>
    public async ValueTask Drop(string name, CancellationToken cancel)
    {
        await _opening.WaitAsync(cancel);
        try
        {
            _buckets.Remove(name);
            if (Directory.Exists(Undeclared(name)) && IsEmptyFolder(name))
                Directory.Delete(Undeclared(name), recursive: true);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>The embedded buckets there are, sorted by name: those of cairn.yaml and those that were made.</summary>
    public IReadOnlyList<DeclaredStore> Declared => [.. Names.Select(name =>
        _layout.Declared.FirstOrDefault(store => store.Name == name)
        ?? new DeclaredStore(name, Folder(name, forWrite: true), []))];

    /// <summary>Finds the store that a URL names.</summary>
    /// <param name="url">As written in a graph or on a command line.</param>
    /// <param name="forWrite">Whether a bucket that does not exist yet may be made.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="StoreException">The URL is bad, or its service is not configured.</exception>
    public async ValueTask<ObjectPlace> Resolve(string url, bool forWrite, CancellationToken cancel)
    {
        var parsed = StoreUrl.Parse(url);
        switch (parsed.Scheme)
        {
            case "cairn":
                return Place(await Bucket(parsed.Container, forWrite, cancel), parsed.Path);
            case "file":
                return InFolder(parsed.Path);
            default:
                if (Served(url) is { } served)
                    return Place(await Bucket(served.Name, forWrite, cancel), served.Path);
                return parsed.Scheme is "http" or "https"
                    ? new ObjectPlace(
                        new HttpStore($"{parsed.Scheme}://{parsed.Container}", _client), parsed.Path, false)
                    : throw NotConfigured(parsed);
        }
    }

    /// <summary>An embedded bucket by name.</summary>
    public async ValueTask<EmbeddedBucket> Bucket(string name, bool forWrite, CancellationToken cancel)
    {
        await _opening.WaitAsync(cancel);
        try
        {
            if (_buckets.TryGetValue(name, out var open))
                return open;
            var bucket = await EmbeddedBucket.Open(name, Folder(name, forWrite), _index, PosixFiles.Instance, cancel);
            _buckets.Add(name, bucket);
            return bucket;
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _index.Dispose();
        _client.Dispose();
        _opening.Dispose();
    }

    private static ObjectPlace Place(IObjectStore store, string path)
    {
        var key = path.TrimEnd('/');
        return new ObjectPlace(store, key, key.Length == 0 || path.EndsWith('/'));
    }

    // The store's root is the deepest folder of the path that exists, links resolved: what the user names is trusted,
    // what lies below is not.
    private ObjectPlace InFolder(string path)
    {
        var full = Path.GetFullPath(path, _layout.BaseFolder);
        var below = new Stack<string>();
        var root = Path.TrimEndingDirectorySeparator(full);
        for (; !Directory.Exists(root); root = Path.GetDirectoryName(root) ?? "/")
            below.Push(Path.GetFileName(root));
        var real = new DirectoryInfo(root).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? root;
        var store = new FolderStore(real, _index, PosixFiles.Instance);
        return new ObjectPlace(store, string.Join('/', below), below.Count == 0 || path.EndsWith('/'));
    }

    private string Folder(string name, bool forWrite)
    {
        if (_layout.Declared.FirstOrDefault(store => store.Name == name) is { } declared)
            return declared.Folder;
        if (WrongName(name) is { } wrong)
            throw new StoreException(StoreFault.BadUrl, $"cairn://{name} is no address of a store: {wrong}");
        var folder = Undeclared(name);
        if (!_layout.MakeUndeclared && !Directory.Exists(folder))
            throw new StoreException(
                StoreFault.NotConfigured, $"there is no store {name} in cairn.yaml",
                $"declare it under stores:, as in `{name}: {{url: \"file:data/{name}\"}}`");
        return forWrite || Directory.Exists(folder) ? folder : throw new StoreException(
            StoreFault.NotFound, $"there is no store {name} yet",
            Names.Count == 0 ? "a first write to it makes it" : $"there are: {string.Join(", ", Names)}");
    }

    private string Undeclared(string name) => Path.Combine(_layout.StateFolder, "stores", name);

    /// <summary>What is wrong with a bucket's name, or null.</summary>
    internal static string? WrongName(string name) =>
        name.Length is 0 or > 63 || !char.IsAsciiLetterOrDigit(name[0])
        || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? "a name has 1 to 63 letters, digits, dots, dashes and underscores, a letter or digit first"
            : null;

    // The longest prefix that ends where the URL has a slash or its end.
    private (string Name, string Path)? Served(string url)
    {
        (string Name, string Path)? best = null;
        var longest = 0;
        foreach (var store in _layout.Declared)
        {
            foreach (var written in store.Serves)
            {
                var prefix = written.TrimEnd('/');
                if (prefix.Length <= longest || !url.StartsWith(prefix, StringComparison.Ordinal)
                    || (url.Length > prefix.Length && url[prefix.Length] != '/'))
                    continue;
                longest = prefix.Length;
                best = (store.Name, url.Length > prefix.Length ? url[(prefix.Length + 1)..] : "");
            }
        }

        return best;
    }

    private static StoreException NotConfigured(StoreUrl url)
    {
        var name = new string([.. url.Container.Split('/')[^1].Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
        return new StoreException(
            StoreFault.NotConfigured, $"{url} needs a client for {url.Scheme}, and none is configured",
            "let an embedded bucket answer for it, in cairn.yaml:\n"
            + $"stores: {{{name}: {{url: \"file:data/{name}\", serves: [\"{url.Scheme}://{url.Container}\"]}}}}");
    }
}

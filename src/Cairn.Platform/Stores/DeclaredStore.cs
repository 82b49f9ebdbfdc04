namespace Cairn.Platform.Stores;

/// <summary>An embedded bucket of a project.</summary>
/// <param name="Name">As in `cairn://NAME`.</param>
/// <param name="Folder">Where its objects lie, absolute.</param>
/// <param name="Serves">Foreign prefixes that it answers for: `gs://acme-scenes`.</param>
public sealed record DeclaredStore(string Name, string Folder, IReadOnlyList<string> Serves);

/// <summary>Which stores there are.</summary>
/// <param name="StateFolder">`$CAIRN_HOME`: the index, and buckets that nobody declared.</param>
/// <param name="BaseFolder">What a relative `file:` URL is relative to, absolute.</param>
/// <param name="Declared">The buckets of cairn.yaml.</param>
/// <param name="MakeUndeclared">
/// Whether a write to `cairn://NAME` makes the bucket under `StateFolder/stores/NAME`: true without a `stores:`
/// section.
/// </param>
public sealed record StoreLayout(
    string StateFolder, string BaseFolder, IReadOnlyList<DeclaredStore> Declared, bool MakeUndeclared)
{
    /// <summary>The layout without a cairn.yaml: buckets are made as they are named, `default` among them.</summary>
    public static StoreLayout Plain(string stateFolder, string baseFolder) => new(stateFolder, baseFolder, [], true);
}

/// <summary>A URL resolved: which bucket, and what in it.</summary>
/// <param name="Store">The bucket.</param>
/// <param name="Key">An object's name, or a prefix without its last slash; empty: the whole bucket.</param>
/// <param name="IsFolder">The URL ended in a slash or named a whole bucket: it cannot mean a single object.</param>
public sealed record ObjectPlace(IObjectStore Store, string Key, bool IsFolder)
{
    /// <summary>The prefix of everything below: empty or ending in a slash.</summary>
    public string Prefix => Key.Length == 0 ? "" : Key + "/";

    /// <summary>The URL in the store's own words.</summary>
    public string Url => Key.Length == 0 ? Store.Url : $"{Store.Url}/{Key}";
}

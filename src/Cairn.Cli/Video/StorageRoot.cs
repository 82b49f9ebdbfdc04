namespace Cairn.Cli.Video;

/// <summary>
/// Where a run keeps its objects, and what its input says about dataset and video (docs/vda.md, addressing).
/// </summary>
/// <param name="Root">`storage_url`: no trailing slash.</param>
/// <param name="Dataset">The dataset named by the input, or null: the caller's to choose.</param>
/// <param name="Video">The one video that the input names, or null: all of the dataset.</param>
/// <param name="Copy">
/// Whether the input does not lie under `root/datasets/NAME/` and is copied there, its bytes unchanged.
/// </param>
internal sealed record StorageRoot(string Root, string? Dataset, string? Video, bool Copy)
{
    /// <summary>The one question when no root can be derived (stop condition U2).</summary>
    public const string Question =
        "which storage prefix should this run use? Name it with --storage-url, for example s3://BUCKET or cairn://vda";

    /// <summary>How many parts after the scheme the shortest root of a scheme has.</summary>
    private static readonly Dictionary<string, int> RootDepth = new(StringComparer.Ordinal)
    {
        ["s3"] = 1,
        ["gs"] = 1,
        ["azure"] = 2,
        ["swift"] = 3,
        ["tos"] = 2,
        ["cairn"] = 1,
    };

    /// <summary>Whether a text is an object address and not a local path.</summary>
    public static bool IsAddress(string input) => input.Contains("://", StringComparison.Ordinal);

    /// <summary>
    /// Derives the root from an object address. <paramref name="target"/> is the prefix that objects were uploaded
    /// under, when the caller knows it: a deeper prefix then stays in the root. Null: underivable (U2). A local path
    /// has no root of its own; it is never guessed from another run.
    /// </summary>
    public static StorageRoot? Derive(string input, string? target = null)
    {
        var address = Normalise(input);
        var colon = address.IndexOf("://", StringComparison.Ordinal);
        if (colon <= 0)
            return null;
        var scheme = address[..colon].ToLowerInvariant();
        var isFile = scheme == "file";
        if (!isFile && !RootDepth.ContainsKey(scheme))
            return null;
        var parts = address[(colon + 3)..].Split('/');
        if (!isFile && parts.Any(part => part.Length == 0))
            return null;
        var least = isFile ? 1 : RootDepth[scheme];
        if (OfDataset(scheme, parts, least) is { } within)
            return within;
        if (target is not null && Under(address, Normalise(target)))
            return new StorageRoot(Normalise(target), null, VideoStem(parts[^1]), Copy: true);
        if (isFile || parts.Length < least)
            return null;
        var root = $"{scheme}://{string.Join('/', parts.Take(least))}";
        return new StorageRoot(root, null, parts.Length > least ? VideoStem(parts[^1]) : null, parts.Length > least);
    }

    /// <summary>Without query, fragment and trailing slashes.</summary>
    public static string Normalise(string address)
    {
        var end = address.IndexOfAny(['?', '#']);
        var text = (end < 0 ? address : address[..end]).TrimEnd('/');
        return text.EndsWith(':') ? text + "//" : text;
    }

    private static StorageRoot? OfDataset(string scheme, string[] parts, int least)
    {
        var video = VideoStem(parts[^1]);
        var last = video is null ? parts.Length - 1 : parts.Length - 2;
        if (last - 1 < least || parts[last - 1] != "datasets" || parts[last].Length == 0)
            return null;
        return new StorageRoot($"{scheme}://{string.Join('/', parts.Take(last - 1))}", parts[last], video, Copy: false);
    }

    private static string? VideoStem(string name) =>
        name.Length > 4 && name.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase) ? name[..^4] : null;

    private static bool Under(string address, string prefix) =>
        prefix.Contains("://", StringComparison.Ordinal)
        && (address == prefix || address.StartsWith(prefix + "/", StringComparison.Ordinal));
}

namespace Cairn.Platform.Stores;

/// <summary>
/// A URL of an object or of a prefix, as text: nothing is percent-decoded, so a name may hold spaces and any letter.
/// </summary>
/// <param name="Scheme">Lower case: `cairn`, `file`, `http`, `https`, `s3`, `gs`, `azure`, `swift`, `tos`.</param>
/// <param name="Container">Bucket name; account/container, host and so on for the others; empty for `file`.</param>
/// <param name="Path">What follows, without the slash between; for `file` the path as written.</param>
public sealed record StoreUrl(string Scheme, string Container, string Path)
{
    /// <summary>Reads a URL.</summary>
    /// <exception cref="StoreException">It is not one, or its parts are missing (spec/osmo.md 4.1).</exception>
    public static StoreUrl Parse(string url)
    {
        var colon = url.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            throw Bad(url, "it has no scheme", "write cairn://NAME/KEY or file:///PATH");
        var scheme = url[..colon].ToLowerInvariant();
        var rest = url[(colon + 1)..];
        if (scheme == "file")
            return new StoreUrl(scheme, "", FilePath(url, rest));
        if (!rest.StartsWith("//", StringComparison.Ordinal))
            throw Bad(url, $"two slashes must follow {scheme}:", null);
        var parts = scheme switch
        {
            "cairn" or "s3" or "gs" or "http" or "https" => 1,
            "azure" or "tos" => 2,
            "swift" => 3,
            _ => throw Bad(
                url, $"unknown scheme {scheme}", "known: cairn, file, http, https, s3, gs, azure, swift, tos"),
        };
        return Split(url, scheme, rest[2..], parts);
    }

    /// <inheritdoc/>
    public override string ToString() => Scheme == "file"
        ? $"file:{(Path.StartsWith('/') ? "//" : "")}{Path}"
        : Path.Length == 0 ? $"{Scheme}://{Container}" : $"{Scheme}://{Container}/{Path}";

    private static StoreUrl Split(string url, string scheme, string rest, int parts)
    {
        var end = -1;
        for (var i = 0; i < parts; i++)
        {
            var start = end + 1;
            end = start <= rest.Length ? rest.IndexOf('/', start) : -1;
            if (end < 0)
                end = rest.Length;
            if (end <= start)
                throw Bad(url, parts == 1 ? "the name behind the slashes is missing"
                    : $"{parts} names must follow", null);
        }

        return new StoreUrl(scheme, rest[..end], end < rest.Length ? rest[(end + 1)..] : "");
    }

    private static string FilePath(string url, string rest)
    {
        if (rest.StartsWith("//", StringComparison.Ordinal))
        {
            rest = rest[2..];
            if (rest.StartsWith("localhost/", StringComparison.Ordinal))
                rest = rest["localhost".Length..];
            if (!rest.StartsWith('/'))
                throw Bad(url, "a host cannot be named", "write file:///PATH, or file:PATH for a relative one");
        }

        if (rest.Length == 0)
            throw Bad(url, "the path is missing", "write file:///PATH");
        return rest.Contains('\0')
            ? throw Bad(url.Replace("\0", "\\0", StringComparison.Ordinal), "it holds NUL", null) : rest;
    }

    private static StoreException Bad(string url, string why, string? hint) =>
        new(StoreFault.BadUrl, $"{url} is no address of a store: {why}", hint);
}

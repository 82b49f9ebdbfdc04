namespace Cairn.Graphs.Validation;

/// <summary>Storage URLs: the grammar of spec/osmo.md 4.1 and the schemes that this tool adds.</summary>
internal static class StorageUrl
{
    /// <summary>The scheme before `://` (or before the colon of `file:`), or empty.</summary>
    public static string Scheme(string url)
    {
        var end = url.IndexOf("://", StringComparison.Ordinal);
        if (end > 0)
            return url[..end];
        return url.StartsWith("file:", StringComparison.Ordinal) ? "file" : "";
    }

    /// <summary>Whether it names a place that data can be put to.</summary>
    public static bool IsValid(string url)
    {
        var scheme = Scheme(url);
        if (scheme == "file")
            return url.Length > "file:".Length;
        var needed = scheme switch
        {
            "s3" or "gs" or "cairn" => 1,
            "azure" or "tos" => 2,
            "swift" => 3,
            _ => int.MaxValue,
        };
        if (needed == int.MaxValue)
            return false;
        var parts = url[(scheme.Length + 3)..].TrimEnd('/').Split('/');
        return parts.Length >= needed && parts.All(part => part.Length > 0 && part.IndexOfAny([',', ';', '*']) < 0);
    }

    /// <summary>Schemes that only this tool understands.</summary>
    public static bool IsOurs(string scheme) => scheme is "file" or "cairn" or "http" or "https";
}

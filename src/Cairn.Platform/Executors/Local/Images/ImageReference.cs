namespace Cairn.Platform.Executors.Local.Images;

/// <summary>References of images: `name[:tag][@digest]`.</summary>
public static class ImageReference
{
    /// <summary>The digest, `sha256:…`, or null.</summary>
    public static string? DigestOf(string reference)
    {
        var at = reference.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? null : reference[(at + 1)..];
    }

    /// <summary>With a digest the tag means nothing, and podman takes only one of the two.</summary>
    public static string WithoutTag(string reference)
    {
        var at = reference.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
            return reference;
        // A colon before the last slash belongs to a registry's port.
        var colon = reference.LastIndexOf(':', at - 1);
        return colon > reference.LastIndexOf('/', at - 1) ? reference[..colon] + reference[at..] : reference;
    }
}

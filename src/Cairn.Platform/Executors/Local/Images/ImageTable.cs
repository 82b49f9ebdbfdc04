using Cairn.Platform.Projects;

namespace Cairn.Platform.Executors.Local.Images;

/// <summary>What stands for which image here: the first entry that matches, else podman.</summary>
/// <param name="entries">`images:` of the project and the built-in list behind it, paths absolute.</param>
/// <param name="tools">What this machine has.</param>
public sealed class ImageTable(IReadOnlyList<ProjectImage> entries, Tools tools)
{
    /// <summary>What stands for an image reference.</summary>
    public ImageChoice Resolve(string reference)
    {
        var entry = entries.FirstOrDefault(one => Matches(one.Match, reference));
        if (entry is { HostFolder: not null })
            return tools.Bubblewrap is not null ? new ImageChoice.Host(entry) : new ImageChoice.Plain(entry);
        if (tools.Podman is not null)
            return new ImageChoice.Container(reference);
        return entry is not null
            ? new ImageChoice.Refused(
                $"image {reference}: its entry asks for podman, which is not here", "install podman")
            : new ImageChoice.Refused(
                $"image {reference}: nothing stands for it here",
                $"add to cairn.yaml under images: - {{match: '{reference}', host: images/base}}, or install podman");
    }

    /// <summary>Whether a pattern (`*` is any text) is for a reference; the pattern may leave a digest out.</summary>
    public static bool Matches(string pattern, string reference)
    {
        var at = reference.IndexOf('@', StringComparison.Ordinal);
        return Like(pattern, reference) || (at > 0 && Like(pattern, reference.AsSpan(0, at)));
    }

    private static bool Like(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var star = pattern.IndexOf('*');
        if (star < 0)
            return pattern.SequenceEqual(text);
        if (!text.StartsWith(pattern[..star]))
            return false;
        for (var from = star; from <= text.Length; from++)
            if (Like(pattern[(star + 1)..], text[from..]))
                return true;
        return false;
    }
}

namespace Cairn.Platform.Executors.Local.Images;

/// <summary>What stands for which image here: the project's list first, then the built-in one, then podman.</summary>
/// <param name="project">`images:` of cairn.yaml, paths absolute.</param>
/// <param name="tools">What this machine has.</param>
public sealed class ImageTable(IReadOnlyList<ImageEntry> project, Tools tools)
{
    /// <summary>All entries in the order in which they are asked; the first match wins.</summary>
    public IReadOnlyList<ImageEntry> Entries { get; } = [.. project, .. BuiltInImages.Entries];

    /// <summary>What stands for an image reference.</summary>
    public ImageChoice Resolve(string reference)
    {
        var entry = Entries.FirstOrDefault(one => one.Matches(reference));
        if (entry is { Podman: false })
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
}

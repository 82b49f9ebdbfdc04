using Cairn.Platform.Executors.Local.Containers;
using Cairn.Platform.Executors.Local.Processes;

namespace Cairn.Platform.Executors.Local.Images;

/// <summary>
/// Digests of images, taken when a run is submitted: what a task runs on is part of the committed ask (architecture
/// 3.2). A host image's digest is the one of its folder's files; a real image's is podman's.
/// </summary>
/// <param name="images">What stands for which image.</param>
/// <param name="tools">What this machine has.</param>
/// <param name="home">The state folder.</param>
public sealed class ImagePins(ImageTable images, Tools tools, string home)
{
    /// <summary>
    /// The reference with its digest; null where there is none to be had: the whole host stands for the image, or
    /// nobody has it (the task then says so when it is started).
    /// </summary>
    /// <param name="reference">As the graph names it.</param>
    /// <param name="fetching">Told before an image is fetched, which may take long.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<string?> Pin(string reference, Action<string> fetching, CancellationToken cancel)
    {
        if (ImageReference.DigestOf(reference) is not null)
            return null;
        var choice = images.Resolve(reference);
        var digest = choice is ImageChoice.Container ? await OfContainer(reference, fetching, cancel) : Now(choice);
        return digest is null ? null : $"{reference}@{digest}";
    }

    /// <summary>The digest that a host image has now, or null: it is none, or has no folder.</summary>
    internal static string? Now(ImageChoice choice) => choice switch
    {
        ImageChoice.Host { Entry: var entry } => OfFolder(ImageChoice.FolderOf(entry)),
        ImageChoice.Plain { Entry: var entry } => OfFolder(ImageChoice.FolderOf(entry)),
        _ => null,
    };

    private static string? OfFolder(string? folder) =>
        folder is null ? null : $"sha256:{FolderDigest.OfPrograms(folder)}";

    private async Task<string?> OfContainer(string reference, Action<string> fetching, CancellationToken cancel)
    {
        if (tools.Podman is null)
            return null;
        if (await Inspect(reference, cancel) is { } known)
            return known;
        fetching(reference);
        string[] pull = ["pull", "--quiet", reference];
        await Program.Run(tools.Podman, pull, cancel, PodmanConfiguration.Of(new LocalHome(home)));
        return await Inspect(reference, cancel);
    }

    private async Task<string?> Inspect(string reference, CancellationToken cancel)
    {
        string[] inspect = ["image", "inspect", "--format", "{{.Digest}}", reference];
        var said = await Program.Run(tools.Podman!, inspect, cancel, PodmanConfiguration.Of(new LocalHome(home)));
        return said.Code == 0 && said.Output.StartsWith("sha256:", StringComparison.Ordinal) ? said.Output : null;
    }
}

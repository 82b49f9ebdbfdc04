namespace Cairn.Cli.Video;

/// <summary>The local mirror of a run: `media/vda/runs/RUN_ID` in the project's folder (docs/vda.md, places).</summary>
/// <param name="Path">Absolute.</param>
internal sealed record MirrorFolder(string Path)
{
    /// <summary>The mirror of a run in a project.</summary>
    public static MirrorFolder Of(string projectFolder, string runId) =>
        new(System.IO.Path.Combine(projectFolder, "media", "vda", "runs", runId));

    /// <summary>Name of the folder, the run id.</summary>
    public string RunId => System.IO.Path.GetFileName(Path);

    /// <summary>The input as it was given to the run.</summary>
    public string Input(string video) => At("input", video + ".mp4");

    /// <summary>What the setup stage drew.</summary>
    public string Manifest => At("setup_b0", "configs", "manifest.yaml");

    /// <summary>Side-by-side videos.</summary>
    public string Display => At("display");

    /// <summary>The summary for people.</summary>
    public string Summary => At("summary.md");

    /// <summary>The summary for programs.</summary>
    public string SummaryJson => At("summary.json");

    /// <summary>A path below it.</summary>
    public string At(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Folders of labels: of originals and of variants.</summary>
    public IEnumerable<string> LabelFolders() =>
        ((string[])["pseudo_labeled", "pseudo_labeled_augmented"])
            .Select(kind => At("outputs", kind))
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateDirectories)
            .Order(StringComparer.Ordinal);

    /// <summary>
    /// Some engines repeat the last part of an output's URL below it (`aug0/aug0/…`): lifts such contents up by one.
    /// </summary>
    public void Unnest()
    {
        foreach (var folder in OutputFolders().Where(Directory.Exists))
        {
            var nested = System.IO.Path.Combine(folder, System.IO.Path.GetFileName(folder));
            if (!Directory.Exists(nested) || Directory.EnumerateFileSystemEntries(folder).Skip(1).Any())
                continue;
            // Under another name first: the contents may hold an entry of the same one.
            var lifted = folder + ".nested";
            Directory.Move(nested, lifted);
            Directory.Delete(folder);
            Directory.Move(lifted, folder);
        }
    }

    private IEnumerable<string> OutputFolders() =>
        [
            At("setup_b0"),
            .. ((string[])["augmented", "pseudo_labeled", "pseudo_labeled_augmented"])
                .Select(kind => At("outputs", kind))
                .Where(Directory.Exists)
                .SelectMany(kind => Directory.EnumerateDirectories(kind).ToList()),
        ];

    /// <summary>Points `media/vda/latest` at it.</summary>
    public void MarkLatest()
    {
        var link = System.IO.Path.GetFullPath(System.IO.Path.Combine(Path, "..", "..", "latest"));
        // A link to a folder is a file to unlink(2), whatever it points to.
        File.Delete(link);
        Directory.CreateSymbolicLink(link, System.IO.Path.Combine("runs", RunId));
    }
}

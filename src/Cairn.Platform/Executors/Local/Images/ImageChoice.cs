using Cairn.Platform.Projects;

namespace Cairn.Platform.Executors.Local.Images;

/// <summary>What stands for a task's image on this machine. Closed.</summary>
public abstract record ImageChoice
{
    private ImageChoice() { }

    /// <summary>The host's file system, read-only, with the entry's `bin` first on PATH, under bubblewrap.</summary>
    /// <param name="Entry">The entry of the image list.</param>
    public sealed record Host(ProjectImage Entry) : ImageChoice;

    /// <summary>The real image, by podman.</summary>
    /// <param name="Reference">As the task names it.</param>
    public sealed record Container(string Reference) : ImageChoice;

    /// <summary>The host itself, nothing between: neither bubblewrap nor podman is here.</summary>
    /// <param name="Entry">The entry of the image list.</param>
    public sealed record Plain(ProjectImage Entry) : ImageChoice;

    /// <summary>Nothing: says why, and what to do.</summary>
    /// <param name="Reason">One sentence.</param>
    /// <param name="Hint">The line to add, the package to install.</param>
    public sealed record Refused(string Reason, string Hint) : ImageChoice;

    /// <summary>The image entry that replaces the image, for logs and summaries: `host pipelines/vda/cpu`; else
    /// null.</summary>
    public string? Replacement => this switch
    {
        Host { Entry: var entry } => FolderOf(entry) is { } folder ? $"host {folder}" : "host",
        Plain { Entry: var entry } => FolderOf(entry) is { } folder ? $"plain {folder}" : "plain",
        _ => null,
    };

    /// <summary>The folder whose `bin/` comes first on PATH, or null for the host as it is.</summary>
    internal static string? FolderOf(ProjectImage entry) => entry.HostFolder is "/" ? null : entry.HostFolder;
}

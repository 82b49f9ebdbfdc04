using Cairn.Graphs.Tasks;

namespace Cairn.Platform.Executors.Local.Images;

/// <summary>
/// One line of the image list (cairn.yaml `images:`, or built in). An image stands for a file system, never for a command.
/// </summary>
public sealed record ImageEntry
{
    /// <summary>The image reference with `*` for any text: `nvcr.io/nvidia/paidf-augmentation:*`.</summary>
    public required string Match { get; init; }

    /// <summary>Use the real image, by podman.</summary>
    public bool Podman { get; init; }

    /// <summary>A folder whose `bin/` comes first on PATH, absolute; null for the host as it is.</summary>
    public string? Folder { get; init; }

    /// <summary>What a task asks for instead of the graph's resources; null to keep those.</summary>
    public TaskResources? Resources { get; init; }

    /// <summary>`source[:place]`: more of the host, read-only, absolute.</summary>
    public IReadOnlyList<string> Mounts { get; init; } = [];

    /// <summary>Variables of the image.</summary>
    public IReadOnlyList<NameValue> Environment { get; init; } = [];

    /// <summary>Where its commands start.</summary>
    public string WorkFolder { get; init; } = "/";

    /// <summary>Whether it came with Cairn, and not from cairn.yaml.</summary>
    public bool BuiltIn { get; init; }

    /// <summary>Whether the entry is for the reference; a registry host and a digest may be left out of the pattern.</summary>
    public bool Matches(string reference)
    {
        var at = reference.IndexOf('@', StringComparison.Ordinal);
        return Like(Match, reference) || (at > 0 && Like(Match, reference[..at]));
    }

    private static bool Like(string pattern, string text)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
            return string.Equals(pattern, text, StringComparison.Ordinal);
        if (!text.StartsWith(pattern[..star], StringComparison.Ordinal))
            return false;
        var rest = pattern[(star + 1)..];
        for (var from = star; from <= text.Length; from++)
            if (Like(rest, text[from..]))
                return true;
        return false;
    }
}

namespace Cairn.Cli.Video;

/// <summary>What a user asks of the video pipeline; null: not said.</summary>
internal sealed record VideoRequest
{
    /// <summary>A local file or folder, an object address, or null for the reference's demo dataset.</summary>
    public string? Input { get; init; }

    /// <summary>A flow's id, or words for it.</summary>
    public string? Flow { get; init; }

    /// <summary>First second of a local video to take.</summary>
    public double Start { get; init; }

    /// <summary>Seconds of a local video to take.</summary>
    public double? Seconds { get; init; }

    /// <summary>The dataset's name.</summary>
    public string? Dataset { get; init; }

    /// <summary>The root of storage.</summary>
    public string? StorageUrl { get; init; }

    /// <summary>The scene.</summary>
    public string Cookbook { get; init; } = "city_traffic";

    /// <summary>Variants of each video.</summary>
    public int Augmentations { get; init; } = 1;

    /// <summary>`variable=value`.</summary>
    public IReadOnlyList<string> Pins { get; init; } = [];

    /// <summary>The run's name; a fresh one by default.</summary>
    public string? RunId { get; init; }

    /// <summary>The pool, or null for the default one.</summary>
    public string? Pool { get; init; }

    /// <summary>Where the input came from, for the summary of a demo.</summary>
    public string? Attribution { get; init; }

    /// <summary>Labels of the run.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];
}

namespace Cairn.Cli.Video;

/// <summary>
/// One of the four flows of the video pipeline (docs/vda.md): what it does, and the graph file that does it.
/// </summary>
/// <param name="Id">Its canonical name, and the stem of its graph file.</param>
/// <param name="Augments">Whether it makes variants of the videos.</param>
/// <param name="LabelsOriginals">Whether the videos themselves are labeled.</param>
internal sealed record VideoFlow(string Id, bool Augments, bool LabelsOriginals)
{
    private static readonly string[] NoAugmentation =
        ["label only", "label-only", "labels only", "labels-only", "only label", "no augment", "without augment"];

    private static readonly string[] Enhanced = ["enhance", "super resolution", "super-resolution", "upscale"];

    private static readonly string[] Whole =
        ["whole", "fastest", "full pipeline", "everything", "end to end", "end-to-end"];

    /// <summary>What a request that says nothing gets.</summary>
    public static VideoFlow Default { get; } = new("augmentation_and_al", Augments: true, LabelsOriginals: false);

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<VideoFlow> All { get; } =
    [
        Default,
        new("auto_labeling", Augments: false, LabelsOriginals: true),
        new("e2e", Augments: true, LabelsOriginals: true),
        new("e2e_super_resolution", Augments: true, LabelsOriginals: true),
    ];

    /// <summary>
    /// The flow that a request means: an id, the legacy alias `augmentation_and_pl`, or free words such as `labels
    /// only`. Null when the words name no flow.
    /// </summary>
    public static VideoFlow? Select(string? request)
    {
        var words = (request ?? "").Trim().ToLowerInvariant();
        if (words is "" or "augmentation_and_pl")
            return Default;
        if (All.FirstOrDefault(flow => flow.Id == words) is { } named)
            return named;
        // A mistyped id is not free text.
        if (words.Contains('_'))
            return null;
        if (NoAugmentation.Any(words.Contains))
            return All[1];
        if (Enhanced.Any(words.Contains))
            return All[3];
        if (Whole.Any(words.Contains))
            return All[2];
        return words.Contains("variant") || words.Contains("augment") || words.Contains("synthetic") ? Default : null;
    }
}

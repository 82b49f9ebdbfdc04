using Cairn.Graphs.Rendering;

namespace Cairn.Cli.Video;

/// <summary>One run of a video flow: everything that its graph is rendered from (docs/vda.md, keys).</summary>
internal sealed record VideoPlan
{
    /// <summary>The flow.</summary>
    public required VideoFlow Flow { get; init; }

    /// <summary>`storage_url`, no trailing slash.</summary>
    public required string Root { get; init; }

    /// <summary>The dataset, also the graph's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>`run-` and 8 hexadecimal digits; never used twice.</summary>
    public required string RunId { get; init; }

    /// <summary>Stems of the videos, sorted, each once.</summary>
    public required IReadOnlyList<string> Videos { get; init; }

    /// <summary>Absolute: scripts, graphs, cookbooks.</summary>
    public required string SkillsFolder { get; init; }

    /// <summary>One of the scenes.</summary>
    public string Cookbook { get; init; } = "city_traffic";

    /// <summary>Variants of each video.</summary>
    public int Augmentations { get; init; } = 1;

    /// <summary>Workers that fit into the pool at once; more of them become groups that follow each other.</summary>
    public int WorkersAtOnce { get; init; } = 1;

    /// <summary>`variable=value` that are not drawn by chance.</summary>
    public IReadOnlyList<string> Pins { get; init; } = [];

    /// <summary>Names of the pipeline's credentials that are registered here.</summary>
    public IReadOnlyList<string> Credentials { get; init; } = [];

    /// <summary>`pool`'s platform; the embedded engine has one.</summary>
    public string Platform { get; init; } = "cpu";

    /// <summary>The graph file.</summary>
    public string GraphFile => Path.Combine(SkillsFolder, "graphs", Flow.Id + ".yaml");

    /// <summary>Where inputs lie.</summary>
    public string DatasetUrl => $"{Root}/datasets/{Dataset}";

    /// <summary>Where everything that the run makes lies.</summary>
    public string RunUrl => $"{DatasetUrl}-outputs/{RunId}";

    /// <summary>Pairs of a video and a variant, in the order of their workers.</summary>
    public IReadOnlyList<(string Video, int Index)> Pairs => Flow.Augments
        ? [.. Videos.SelectMany(video => Enumerable.Range(0, Augmentations).Select(index => (video, index)))]
        : [];

    /// <summary>Folders below <see cref="RunUrl"/> that must not be empty when the run has succeeded.</summary>
    public IReadOnlyList<string> ExpectedOutputs =>
    [
        "setup_b0",
        .. Pairs.Select(pair => $"outputs/augmented/{pair.Video}_aug{pair.Index}"),
        .. Pairs.Select(pair => $"outputs/pseudo_labeled_augmented/{pair.Video}_aug{pair.Index}"),
        .. Flow.LabelsOriginals ? Videos.Select(video => $"outputs/pseudo_labeled/{video}") : [],
    ];

    /// <summary>The one payload of values, all of them texts (docs/vda.md, submit shape).</summary>
    public GraphValues Values() => new()
    {
        SetString =
        [
            $"storage_url={Root}",
            $"dataset={Dataset}",
            $"run_id={RunId}",
            $"gpu_platform={Platform}",
            Videos.Count == 1 ? $"video={Videos[0]}" : $"videos={string.Join(',', Videos)}",
            $"skills_dir={SkillsFolder}",
            $"cookbook={Cookbook}",
            $"n_augmentations={Augmentations}",
            $"batch_size={(Workers > WorkersAtOnce ? WorkersAtOnce : 0)}",
            $"pins={string.Join(' ', Pins)}",
            $"nvcr_io={Registered("nvcr_io")}",
            $"hf_token={Registered("hf_token")}",
            $"cosmos_model_cache_url={Root}/data/models/cosmos_transfer",
            $"auto_labeling_model_cache_url={Root}/data/models/auto_labeling",
        ],
    };

    private int Workers => Flow.Augments ? Videos.Count * Augmentations : Videos.Count;

    private int Registered(string credential) => Credentials.Contains(credential) ? 1 : 0;
}

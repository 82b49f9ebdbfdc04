using System.Security.Cryptography;
using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Pools;

namespace Cairn.Cli.Video;

/// <summary>Makes a plan of a request: flow, root, names, and how many workers run at once. Changes nothing.</summary>
internal sealed class VideoPlanner(Site site)
{
    /// <summary>Where a run without any address keeps its objects: the embedded store of that name.</summary>
    public const string LocalRoot = "cairn://vda";

    private const int MostAugmentations = 1000;
    private const string WorkerImage = "nvcr.io/nvidia/paidf-auto-labeling:1.0.0";

    /// <summary>The folder with graphs, scripts and cookbooks.</summary>
    public string SkillsFolder { get; } = Path.Combine(site.Shipped, "pipelines", "vda");

    /// <summary>The scenes that can be asked for.</summary>
    public IReadOnlyList<string> Cookbooks => Directory.Exists(Path.Combine(SkillsFolder, "cookbooks"))
        ? [.. Directory.EnumerateDirectories(Path.Combine(SkillsFolder, "cookbooks"))
            .Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>
    /// Root and dataset of a request. Throws <see cref="CommandFailure"/>: exit 3 with one question when no root can be
    /// derived, exit 2 for a name that cannot be a dataset's.
    /// </summary>
    public static StorageRoot Storage(VideoRequest request)
    {
        var root = request.StorageUrl is { } url ? NamedRoot(url) : null;
        var storage = request.Input is { } input && StorageRoot.IsAddress(input)
            ? StorageRoot.Derive(input, root) ?? throw new CommandFailure(ExitCode.Precondition, StorageRoot.Question)
            : new StorageRoot(root ?? LocalRoot, null, null, Copy: false);
        var own = request.Input is { } local && !StorageRoot.IsAddress(local)
            ? VideoNames.DatasetFrom(Path.GetFileNameWithoutExtension(local.TrimEnd('/')))
            : storage.Dataset;
        storage = storage with { Dataset = request.Dataset ?? own ?? VideoNames.DemoDataset };
        if (!VideoNames.IsDataset(storage.Dataset))
            throw new CommandFailure(
                ExitCode.Usage, $"'{storage.Dataset}' cannot be a dataset's name",
                "a letter, then letters, digits, - and _, no - or _ at the end: --dataset NAME");
        return storage;
    }

    /// <summary>
    /// Throws <see cref="CommandFailure"/> (2) for what a request asks that is not there, before any video is touched.
    /// </summary>
    public void Require(VideoRequest request)
    {
        FlowOf(request);
        RequireCookbook(request.Cookbook);
        if (request.Augmentations is < 1 or > MostAugmentations)
            throw new CommandFailure(
                ExitCode.Usage, $"--n-augmentations {request.Augmentations} is out of range",
                $"1 to {MostAugmentations}");
        if (request.RunId is { } id && !VideoNames.IsRunId(id))
            throw new CommandFailure(
                ExitCode.Usage, $"'{id}' cannot be a run id",
                "letters, digits, dots, - and _, a letter or digit first, at most 64");
    }

    /// <summary>The plan for the videos that a request turned out to have.</summary>
    public VideoPlan Plan(VideoRequest request, StorageRoot storage, IReadOnlyList<string> videos) => new()
    {
        Flow = FlowOf(request),
        Root = storage.Root,
        Dataset = storage.Dataset!,
        RunId = request.RunId ?? VideoNames.RunId(BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)))),
        Videos = videos,
        SkillsFolder = SkillsFolder,
        Cookbook = request.Cookbook,
        Augmentations = request.Augmentations,
        WorkersAtOnce = WorkersAtOnce(request.Pool),
        Pins = request.Pins,
        Credentials = [.. site.Credentials().All.Select(credential => credential.Name)],
    };

    /// <summary>The scene when it is there; throws <see cref="CommandFailure"/> (2) when it is not.</summary>
    public string RequireCookbook(string name) => Cookbooks.Contains(name) ? name : throw new CommandFailure(
        ExitCode.Usage, $"there is no cookbook '{name}'", $"there are: {string.Join(", ", Cookbooks)}");

    private static VideoFlow FlowOf(VideoRequest request) =>
        VideoFlow.Select(request.Flow) ?? throw new CommandFailure(
            ExitCode.Usage, $"'{request.Flow}' is no flow",
            $"there are: {string.Join(", ", VideoFlow.All.Select(flow => flow.Id))}");

    /// <summary>A root that is named is taken as it is, less a dataset at its end.</summary>
    private static string NamedRoot(string url)
    {
        if (StorageRoot.Derive(url) is { } derived)
            return derived.Copy ? StorageRoot.Normalise(url) : derived.Root;
        return url.StartsWith("file:///", StringComparison.Ordinal)
            ? StorageRoot.Normalise(url)
            : throw new CommandFailure(ExitCode.Precondition, StorageRoot.Question);
    }

    /// <summary>The pool's CPUs over those of a worker: 'free GPUs' of the embedded engine (docs/vda.md).</summary>
    private int WorkersAtOnce(string? poolName)
    {
        var pool = LocalSettings.PoolNamed(site.Project, poolName);
        var worker = site.Project.Images.FirstOrDefault(image => ImageTable.Matches(image.Match, WorkerImage));
        return Math.Max(1, (pool.Cpus ?? MachineCapacity.Find().Cpus) / Math.Max(1, worker?.Cpu ?? 1));
    }
}

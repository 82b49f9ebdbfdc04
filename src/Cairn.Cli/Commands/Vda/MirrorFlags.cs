using System.CommandLine;
using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;
using Cairn.Cli.Video;

namespace Cairn.Cli.Commands.Vda;

/// <summary>The flags that name one run of the video pipeline and its mirror.</summary>
internal sealed class MirrorFlags
{
    private readonly Option<string> _root = new("--storage-url")
    {
        Description = "Root of the objects",
        HelpName = "URL",
        DefaultValueFactory = _ => VideoPlanner.LocalRoot,
    };

    private readonly Option<string> _dataset = new("--dataset")
    {
        Description = "Name of the dataset",
        HelpName = "NAME",
        DefaultValueFactory = _ => VideoNames.DemoDataset,
    };

    private readonly Option<string> _runId = new("--run-id")
    {
        Description = "The run",
        HelpName = "RUN_ID",
        Required = true,
    };

    private readonly Option<string[]> _videos = new("--video")
    {
        Description = "Stems of videos (default: all)",
        HelpName = "STEM",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _folder = new("--run-local-dir")
    {
        Description = "The mirror (default: media/vda/runs/RUN_ID)",
        HelpName = "FOLDER",
    };

    /// <summary>One run and its mirror.</summary>
    internal sealed record Values(
        string Root, string Dataset, string RunId, IReadOnlyList<string> Videos, string? Folder)
    {
        /// <summary>Where inputs lie.</summary>
        public string DatasetUrl => $"{Root}/datasets/{Dataset}";

        /// <summary>Where the run's objects lie.</summary>
        public string RunUrl => $"{DatasetUrl}-outputs/{RunId}";

        /// <summary>The mirror in a project.</summary>
        public MirrorFolder Mirror(Frame frame, Site site) => Folder is { } folder
            ? new MirrorFolder(frame.PathOf(folder))
            : MirrorFolder.Of(site.Project.Folder, RunId);

        /// <summary>Stems of what is mirrored, when none were named.</summary>
        public IReadOnlyList<string> VideosIn(MirrorFolder mirror)
        {
            if (Videos.Count > 0)
                return Videos;
            var input = mirror.At("input");
            List<string> stems = Directory.Exists(input)
                ? [.. Directory.EnumerateFiles(input, "*.mp4").Select(file => Path.GetFileNameWithoutExtension(file))
                    .Order(StringComparer.Ordinal)]
                : [];
            return stems.Count > 0 ? stems : throw new CommandFailure(
                ExitCode.NotFound, $"there is no video in {input}", "stage the run first: cairn vda stage");
        }
    }

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_root, _dataset, _runId, _videos, _folder])
            command.Add(option);
    }

    /// <summary>What they say.</summary>
    public Values Read(ParseResult parsed) => new(
        StorageRoot.Normalise(parsed.GetValue(_root)!),
        parsed.GetValue(_dataset)!,
        parsed.GetRequiredValue(_runId),
        parsed.GetValue(_videos) ?? [],
        parsed.GetValue(_folder));
}

using System.CommandLine;
using Cairn.Cli.Flags;
using Cairn.Cli.Video;

namespace Cairn.Cli.Commands.Vda;

/// <summary>The flags that say what the video pipeline shall do: the same for running and for planning.</summary>
internal sealed class VideoFlags
{
    private readonly Argument<string?> _input = new("INPUT")
    {
        Description = "A video, a folder of videos, or an address such as s3://BUCKET/datasets/NAME",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _flow = new("--flow")
    {
        Description =
            "augmentation_and_al (default), auto_labeling, e2e, e2e_super_resolution, or words such as 'labels only'",
    };

    private readonly Option<double> _start = new("--start")
    {
        Description = "First second of a local video",
        HelpName = "S",
    };

    private readonly Option<double?> _seconds = new("--seconds")
    {
        Description = "Seconds of a local video (default: all)",
        HelpName = "N",
    };

    private readonly Option<string?> _dataset = new("--dataset")
    {
        Description = "Name of the dataset",
        HelpName = "NAME",
    };

    private readonly Option<string?> _storage = new("--storage-url")
    {
        Description = $"Root of the objects (default: {VideoPlanner.LocalRoot})",
        HelpName = "URL",
    };

    private readonly Option<string> _cookbook = new("--cookbook")
    {
        Description = "The scene",
        HelpName = "NAME",
        DefaultValueFactory = _ => "city_traffic",
    };

    private readonly Option<int> _augmentations = new("--n-augmentations")
    {
        Description = "Variants of each video",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string[]> _pins = new("--pin")
    {
        Description = "Variables that are not drawn by chance",
        HelpName = "K=V",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _runId = new("--run-id")
    {
        Description = "Name of the run (default: a fresh one)",
        HelpName = "NAME",
    };

    private readonly Option<string?> _attribution = new("--attribution")
    {
        Description = "Where the input comes from, for the summary",
        HelpName = "TEXT",
    };

    private readonly Option<string?> _pool = new("--pool") { Description = "The pool (default: the default pool)" };

    private readonly LabelFlag _labels = new();

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_input);
        foreach (var option in (Option[])[_flow, _start, _seconds, _dataset, _storage, _cookbook, _augmentations, _pins,
            _runId, _attribution, _pool])
            command.Add(option);
        _labels.AddTo(command);
    }

    /// <summary>What they say.</summary>
    public VideoRequest Read(ParseResult parsed) => new()
    {
        Input = parsed.GetValue(_input),
        Flow = parsed.GetValue(_flow),
        Start = parsed.GetValue(_start),
        Seconds = parsed.GetValue(_seconds),
        Dataset = parsed.GetValue(_dataset),
        StorageUrl = parsed.GetValue(_storage),
        Cookbook = parsed.GetValue(_cookbook)!,
        Augmentations = parsed.GetValue(_augmentations),
        Pins = parsed.GetValue(_pins) ?? [],
        RunId = parsed.GetValue(_runId),
        Attribution = parsed.GetValue(_attribution),
        Pool = parsed.GetValue(_pool),
        Labels = _labels.Read(parsed),
    };
}

using System.CommandLine;
using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Flags;
using Cairn.Cli.Terminals;
using Cairn.Cli.Video;

namespace Cairn.Cli.Commands.Vda.Stage;

/// <summary>`cairn vda stage`: brings a run's objects into its mirror.</summary>
internal static class StageCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var flags = new MirrorFlags();
        var input = new Option<string?>("--input-local-video")
        {
            Description = "The one video's input as a local file (default: the dataset's)",
            HelpName = "FILE",
        };
        var command = new Command("stage", "Brings the objects of a run into media/vda/runs") { input };
        flags.AddTo(command);
        command.SetAction((parsed, stop) => RunAsync(
            frame, flags.Read(parsed), parsed.GetValue(input), parsed.GetValue(GlobalFlags.Home), stop));
        return command;
    }

    internal static async Task<int> RunAsync(
        Frame frame, MirrorFlags.Values run, string? input, string? home, CancellationToken stop)
    {
        if (input is not null && !File.Exists(frame.PathOf(input)))
            throw new CommandFailure(ExitCode.Usage, [new Problem("there is no such file", input)]);
        if (input is not null && run.Videos.Count != 1)
            throw new CommandFailure(ExitCode.Usage, "--input-local-video needs --video with exactly one stem");
        var site = Site.Find(frame, home);
        await using var workshop = Workshop.Open(frame, site, static _ => { }, reading: true);
        var videos = run.Videos.Count > 0
            ? run.Videos
            : await new VideoDataset(workshop, run.DatasetUrl).StemsAsync(stop);
        var evidence = new Evidence(workshop, new VideoTools(new VideoPlanner(site).SkillsFolder));
        var mirror = run.Mirror(frame, site);
        if (input is not null)
            await evidence.StageAsync(run.RunUrl, mirror, new Dictionary<string, string>
            {
                [videos[0]] = frame.PathOf(input),
            }, stop);
        else
            await evidence.StageAsync(run.DatasetUrl, run.RunUrl, videos, mirror, stop);
        frame.Terminal.Out.WriteLine($"LOCAL_RUN_DIR={mirror.Path}");
        foreach (var video in videos)
            frame.Terminal.Out.WriteLine($"LOCAL_INPUT_VIDEO={mirror.Input(video)}");
        foreach (var (name, kind) in (ReadOnlySpan<(string, string)>)
            [("LOCAL_AUGMENTED_VIDEO", "augmented"), ("LOCAL_AUG_LABEL_DIR", "pseudo_labeled_augmented"),
                ("LOCAL_ORIG_LABEL_DIR", "pseudo_labeled")])
            foreach (var path in Found(mirror.At("outputs", kind), kind))
                frame.Terminal.Out.WriteLine($"{name}={path}");
        frame.Terminal.Out.WriteLine($"LOCAL_MANIFEST={(File.Exists(mirror.Manifest) ? mirror.Manifest : "")}");
        return ExitCode.Done;
    }

    /// <summary>Folders of labels; of variants their first video, which may be missing.</summary>
    private static List<string> Found(string folder, string kind)
    {
        if (!Directory.Exists(folder))
            return [""];
        var folders = Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal);
        return kind == "augmented"
            ? [.. folders.Select(pair => Directory.EnumerateFiles(pair, "*.mp4").Min(StringComparer.Ordinal) ?? "")]
            : [.. folders];
    }
}

using System.CommandLine;
using Cairn.Cli.Composition;
using Cairn.Cli.Flags;
using Cairn.Cli.Terminals;
using Cairn.Cli.Video;

namespace Cairn.Cli.Commands.Vda.Compare;

/// <summary>`cairn vda compare`: input and variant side by side.</summary>
internal static class CompareCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var flags = new MirrorFlags();
        var index = new Option<int>("--aug-index") { Description = "Which variant", HelpName = "I" };
        var command = new Command("compare", "Renders input and variant side by side") { index };
        flags.AddTo(command);
        command.SetAction((parsed, stop) => RunAsync(
            frame, flags.Read(parsed), parsed.GetValue(index), parsed.GetValue(GlobalFlags.Home), stop));
        return command;
    }

    internal static async Task<int> RunAsync(
        Frame frame, MirrorFlags.Values run, int index, string? home, CancellationToken stop)
    {
        var site = Site.Find(frame, home);
        var mirror = run.Mirror(frame, site);
        var tools = new VideoTools(new VideoPlanner(site).SkillsFolder);
        foreach (var video in run.VideosIn(mirror))
            foreach (var (key, value) in await Evidence.CompareAsync(tools, mirror, run.Dataset, video, index, stop))
                frame.Terminal.Out.WriteLine($"{key}={value}");
        return ExitCode.Done;
    }
}

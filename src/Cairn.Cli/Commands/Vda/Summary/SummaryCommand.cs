using System.CommandLine;
using Cairn.Cli.Composition;
using Cairn.Cli.Flags;
using Cairn.Cli.Terminals;
using Cairn.Cli.Video;

namespace Cairn.Cli.Commands.Vda.Summary;

/// <summary>`cairn vda summary`: writes and prints the summary of a staged run.</summary>
internal static class SummaryCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var flags = new MirrorFlags();
        var command = new Command("summary", "Writes and prints the summary of a staged run");
        flags.AddTo(command);
        command.SetAction((parsed, stop) => RunAsync(
            frame, flags.Read(parsed), parsed.GetValue(GlobalFlags.Home), GlobalFlags.FormatOf(parsed), stop));
        return command;
    }

    internal static async Task<int> RunAsync(
        Frame frame, MirrorFlags.Values run, string? home, OutputFormat format, CancellationToken stop)
    {
        var site = Site.Find(frame, home);
        var mirror = run.Mirror(frame, site);
        var tools = new VideoTools(new VideoPlanner(site).SkillsFolder);
        await Evidence.SummarizeAsync(tools, mirror, [], null, stop);
        var file = format is OutputFormat.Json or OutputFormat.Yaml ? mirror.SummaryJson : mirror.Summary;
        frame.Terminal.Out.Write(await File.ReadAllTextAsync(file, stop));
        return ExitCode.Done;
    }
}

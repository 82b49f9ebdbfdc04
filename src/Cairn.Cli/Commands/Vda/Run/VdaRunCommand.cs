using System.CommandLine;
using Cairn.Cli.Composition;
using Cairn.Cli.Flags;
using Cairn.Cli.Runs;
using Cairn.Cli.Terminals;
using Cairn.Cli.Video;
using Cairn.Engine.Runs;

namespace Cairn.Cli.Commands.Vda.Run;

/// <summary>`cairn vda run [INPUT]`: a labeled, augmented data set from videos.</summary>
internal static class VdaRunCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(VideoRequest Request, string? Home, OutputFormat Format);

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var flags = new VideoFlags();
        var command = new Command("run", "Makes a labeled, augmented data set from videos");
        flags.AddTo(command);
        command.SetAction((parsed, stop) => RunAsync(
            frame,
            new Options(flags.Read(parsed), parsed.GetValue(GlobalFlags.Home), GlobalFlags.FormatOf(parsed)),
            stop));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, Options options, CancellationToken stop)
    {
        var site = Site.Find(frame, options.Home);
        await using var workshop = Workshop.Open(frame, site, frame.Terminal.Error.WriteLine);
        var result = await new VideoRun(frame, workshop, new VideoPlanner(site))
            .RunAsync(options.Request, stop);
        if (result.Run is null)
            return ExitCode.Interrupted;
        if (result.Mirror is null)
        {
            if (result.Run.Outcome == Outcome.Failed)
            {
                FailureReport.Write(frame, workshop, result.Run);
                TroubleReport.Write(frame, workshop, result.Run);
            }

            RunReport.Write(frame, options.Format, result.Run);
            return ExitCode.RunFailed;
        }

        VideoReport.Write(frame, options.Format, result);
        return ForegroundRun.ExitCodeOf(result.Run);
    }
}

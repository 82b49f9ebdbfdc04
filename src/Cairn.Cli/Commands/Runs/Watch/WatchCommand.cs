using System.CommandLine;
using Cairn.Cli.Composition;
using Cairn.Cli.Progress;
using Cairn.Cli.Runs;
using Cairn.Cli.Terminals;

namespace Cairn.Cli.Commands.Runs.Watch;

/// <summary>`cairn runs watch RUN`: follows a run; Ctrl-C stops looking, not the run.</summary>
internal static class WatchCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var run = RunFlags.Argument();
        var command = new Command("watch", "Follows a run to its end; Ctrl-C stops looking, not the run") { run };
        command.SetAction((parsed, _) => RunAsync(frame, RunFlags.Read(parsed, run)));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, RunFlags options)
    {
        var site = Site.Find(frame, options.Home);
        await using var workshop = Workshop.Open(frame, site, frame.Terminal.Error.WriteLine);
        var run = RunLookup.Find(workshop, options.Run);
        using var interruption = new Interruption();
        try
        {
            run = await new RunWatcher(frame, workshop).FollowAsync(run, isParked: false, interruption.Park);
        }
        catch (OperationCanceledException) when (interruption.Park.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }

        RunReport.Write(frame, options.Format, RunLookup.Describe(workshop, run));
        return ForegroundRun.ExitCodeOf(run);
    }
}

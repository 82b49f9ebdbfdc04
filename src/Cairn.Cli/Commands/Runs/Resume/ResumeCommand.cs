using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Progress;
using Cairn.Cli.Runs;
using Cairn.Cli.Terminals;
using Cairn.Engine.Hosting;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;
using Cairn.Flows.Program;

namespace Cairn.Cli.Commands.Runs.Resume;

/// <summary>`cairn runs resume RUN`: goes on with a parked run, here in the foreground.</summary>
internal static class ResumeCommand
{
    /// <summary>The command.</summary>
    public static System.CommandLine.Command Create(Frame frame)
    {
        var run = RunFlags.Argument();
        var command = new System.CommandLine.Command("resume", "Goes on with a parked run, in the foreground") { run };
        command.SetAction((parsed, _) => RunAsync(frame, RunFlags.Read(parsed, run)));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, RunFlags options)
    {
        var site = Site.Find(frame, options.Home);
        await using var workshop = Workshop.Open(frame, site, frame.Terminal.Error.WriteLine);
        var run = RunLookup.Find(workshop, options.Run);
        if (!run.IsOpen)
            throw new CommandFailure(
                ExitCode.Usage, $"{run.Id} has ended: {run.State}", $"repeat it with: cairn runs retry {run.Id}");
        using var interruption = new Interruption();
        var isParked = run.Parked != Parked.No;
        if (isParked)
            await workshop.Engine.SendAsync(
                run, new InboxItem($"resume-{EngineHost.NewUid()}", InboxKind.Resume, default));
        var ended = await new ForegroundRun(frame, workshop).FollowAsync(run, isParked, interruption);
        if (ended is null)
            return ExitCode.Interrupted;
        if (ended is { Kind: FlowFamily.Word, IsOpen: false })
            FlowReport.Write(frame, options.Format, ended);
        else
            RunReport.Write(frame, options.Format, RunLookup.Describe(workshop, ended));
        return ForegroundRun.ExitCodeOf(ended);
    }
}

using System.CommandLine;
using Cairn.Cli.Composition;
using Cairn.Cli.Flags;
using Cairn.Cli.Progress;
using Cairn.Cli.Terminals;
using Cairn.Platform.Triggers.Following;
using Cairn.Platform.Triggers.Ledgers;

namespace Cairn.Cli.Commands.Up;

/// <summary>
/// `cairn up`: the engine, the triggers and the timetables of a project, in the foreground, until it is told to leave.
/// </summary>
internal static class UpCommand
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var command = new Command(
            "up",
            "Runs the project: engine, triggers and schedules, until Ctrl-C\n\n"
            + "Events over HTTP are not taken in by this version; `cairn trigger fire --event` takes them from a "
            + "file.");
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            return await RunAsync(frame, parsed.GetValue(GlobalFlags.Home), interruption.Park);
        });
        return command;
    }

    /// <summary>Runs until it is cancelled: open runs and their tasks go on with the next cairn.</summary>
    internal static async Task<int> RunAsync(Frame frame, string? home, CancellationToken leave)
    {
        var site = Site.Find(frame, home);
        var say = frame.Terminal.Error;
        await using var workshop = Workshop.Open(frame, site, say.WriteLine);
        using var ledger = TriggerLedger.Open(site.Project.StateFolder, frame.Clock);
        using var follower = new TriggerFollower(
            TriggerProject.Of(site.Project), workshop.Stores, ledger,
            new TriggerWorld(frame.Clock, new ProgramStart(frame, workshop).SubmitAsync, say.WriteLine));
        try
        {
            await Follow(frame, workshop, follower, leave);
        }
        catch (OperationCanceledException) when (leave.IsCancellationRequested)
        {
            say.WriteLine("left; open runs go on with the next cairn on this state folder");
        }

        return ExitCode.Done;
    }

    // Whoever owns the folder follows: a second `up` waits until the first has gone.
    private static async Task Follow(
        Frame frame, Workshop workshop, TriggerFollower follower, CancellationToken leave)
    {
        using var timer = new PeriodicTimer(LookEvery, frame.Clock);
        while (!workshop.Engine.IsOwner)
        {
            await ThrowIfEnded(workshop);
            await timer.WaitForNextTickAsync(leave);
        }

        await follower.OpenAsync(leave);
        var project = workshop.Site.Project;
        frame.Terminal.Error.WriteLine(
            $"{project.Name} is up with {project.Triggers.Count} triggers on {project.StateFolder}; Ctrl-C leaves");
        while (true)
        {
            await ThrowIfEnded(workshop);
            if (!await follower.StepAsync(leave))
                await timer.WaitForNextTickAsync(leave);
        }
    }

    private static Task ThrowIfEnded(Workshop workshop) =>
        workshop.Engine.Ended.IsCompleted ? workshop.Engine.Ended : Task.CompletedTask;
}

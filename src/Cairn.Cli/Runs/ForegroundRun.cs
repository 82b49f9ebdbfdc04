using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Progress;
using Cairn.Cli.Terminals;
using Cairn.Engine.Hosting;
using Cairn.Engine.Runs;

namespace Cairn.Cli.Runs;

/// <summary>A run that a terminal waits for: followed to its end, parked by Ctrl-C.</summary>
internal sealed class ForegroundRun(Frame frame, Workshop workshop)
{
    /// <summary>Submits and follows; returns the head at the end, or null when it was parked here.</summary>
    public async Task<RunHead?> RunAsync(NewRun run)
    {
        using var interruption = new Interruption();
        RunHead head;
        try
        {
            head = await workshop.Engine.SubmitAsync(run);
        }
        catch (EngineBusyException busy) when (busy.InnerException is null)
        {
            throw new CommandFailure(
                busy.IsWorthAnotherTry ? ExitCode.TryAgain : ExitCode.RunFailed, busy.Message.TrimEnd('.'));
        }

        frame.Terminal.Error.WriteLine($"{head.Id} started");
        return await FollowAsync(head, isParked: false, interruption);
    }

    /// <summary>Follows a run that is there; Ctrl-C parks it.</summary>
    public async Task<RunHead?> FollowAsync(RunHead run, bool isParked, Interruption interruption)
    {
        try
        {
            return await new RunWatcher(frame, workshop).FollowAsync(run, isParked, interruption.Park);
        }
        catch (OperationCanceledException) when (interruption.Park.IsCancellationRequested)
        {
            await ParkAsync(run, interruption.Leave);
            return null;
        }
    }

    /// <summary>0, or 1 for every end that is not a success (docs/cli.md).</summary>
    public static int ExitCodeOf(RunHead run) => run.Outcome switch
    {
        Outcome.Succeeded => ExitCode.Done,
        Outcome.Waiting when run.Parked == Parked.Interrupted => ExitCode.Interrupted,
        _ => ExitCode.RunFailed,
    };

    private async Task ParkAsync(RunHead run, CancellationToken leave)
    {
        frame.Terminal.Error.WriteLine($"parking {run.Id}: its tasks get 10 s to stop; Ctrl-C again leaves at once");
        try
        {
            await workshop.Engine.InterruptAsync(run, leave);
        }
        catch (OperationCanceledException) when (leave.IsCancellationRequested)
        {
            frame.Terminal.Error.WriteLine($"left; {run.Id} goes on with the next cairn on this state folder");
        }

        frame.Terminal.Error.WriteLine($"go on with: cairn runs resume {run.Id}");
    }
}

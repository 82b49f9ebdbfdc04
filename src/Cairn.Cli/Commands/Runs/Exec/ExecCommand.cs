using System.CommandLine;
using System.Diagnostics;
using Cairn.Cli.Faults;
using Cairn.Cli.Flags;
using Cairn.Cli.Runs;
using Cairn.Cli.Terminals;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Reaping;

namespace Cairn.Cli.Commands.Runs.Exec;

/// <summary>`cairn runs exec RUN TASK -- COMMAND…`: a command inside of a running task.</summary>
internal static class ExecCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(string Run, string Task, IReadOnlyList<string> Command, string? Home);

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var run = RunFlags.Argument();
        var task = new Argument<string>("TASK") { Description = "A task that runs" };
        var inner = new Argument<string[]>("COMMAND") { Description = "After --", Arity = ArgumentArity.OneOrMore };
        var command = new Command("exec", "Runs a command inside of a running task") { run, task, inner };
        command.SetAction((parsed, stop) => RunAsync(frame, new Options(
            parsed.GetRequiredValue(run), parsed.GetRequiredValue(task), parsed.GetRequiredValue(inner),
            parsed.GetValue(GlobalFlags.Home)), stop));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, Options options, CancellationToken stop)
    {
        await using var workshop = RunLookup.Reading(frame, options.Home);
        var run = RunLookup.Find(workshop, options.Run);
        var running = RunningTask.Find(workshop.Site.Project.StateFolder, run.Uid, options.Task)
            ?? throw new CommandFailure(
                ExitCode.NotFound, $"{options.Task} of {run.Id} does not run now", $"cairn runs show {run.Id}");
        var enter = running.Enter(options.Command, Tools.Find())
            ?? throw new CommandFailure(ExitCode.Precondition, $"{options.Task} has no inside that could be entered");
        var start = new ProcessStartInfo(enter[0], enter.Skip(1)) { UseShellExecute = false };
        start.Environment.Clear();
        foreach (var variable in running.Environment())
            if (variable.Split('=', 2) is [var name, var value])
                start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(stop);
        return process.ExitCode;
    }
}

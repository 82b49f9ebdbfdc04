using System.CommandLine;
using Cairn.Cli.Runs;
using Cairn.Cli.Terminals;
using Spectre.Console;

namespace Cairn.Cli.Commands.Runs.Why;

/// <summary>`cairn runs why RUN`: the one dominant reason, with its evidence and what to do.</summary>
internal static class WhyCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var run = RunFlags.Argument();
        var command = new Command("why", "Says why a run waits, failed, was skipped or repeated") { run };
        command.SetAction((parsed, _) => RunAsync(frame, RunFlags.Read(parsed, run)));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, RunFlags options)
    {
        await using var workshop = RunLookup.Reading(frame, options.Home);
        var run = RunLookup.Find(workshop, options.Run);
        var waits = run.IsOpen ? await workshop.Engine.ExplainAsync(run) : [];
        var reason = Reason.Of(RunLookup.Describe(workshop, run), waits);
        new Output(frame.Terminal, options.Format).Write(
            reason, ReasonJson.Default.Reason, console => Lines(console, reason), () => [reason.Cause]);
        return ExitCode.Done;
    }

    private static void Lines(IAnsiConsole console, Reason reason)
    {
        console.Write(new Text($"{reason.Run}: {reason.Cause}\n"));
        foreach (var line in reason.Evidence)
            console.Write(new Text($"  {line}\n"));
        if (reason.Action is { } action)
            console.Write(new Text($"next: {action}\n"));
    }
}

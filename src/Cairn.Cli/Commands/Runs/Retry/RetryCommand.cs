using System.CommandLine;
using System.Diagnostics;
using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Runs;
using Cairn.Cli.Terminals;
using Cairn.Engine.Hosting;
using Cairn.Engine.Runs;
using Cairn.Graphs.Program;

namespace Cairn.Cli.Commands.Runs.Retry;

/// <summary>`cairn runs retry RUN`: a new run that repeats what failed, on the outputs of what did not.</summary>
internal static class RetryCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(RunFlags Run, string? From);

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var run = RunFlags.Argument();
        var from = new Option<string?>("--from")
        {
            Description = "Repeat this task and all behind it",
            HelpName = "TASK",
        };
        var command = new Command("retry", "Repeats what failed of a run, as a new run") { run, from };
        command.SetAction((parsed, _) =>
            RunAsync(frame, new Options(RunFlags.Read(parsed, run), parsed.GetValue(from))));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, Options options)
    {
        var site = Site.Find(frame, options.Run.Home);
        await using var workshop = Workshop.Open(frame, site, frame.Terminal.Error.WriteLine);
        var old = RunLookup.Find(workshop, options.Run.Run);
        if (old.IsOpen)
            throw new CommandFailure(ExitCode.Usage, $"{old.Id} has not ended", $"cairn runs watch {old.Id}");
        var definition = GraphFamily.Read(workshop.Engine.Journal.Definition(old));
        var planned = options.From is { } task
            ? GraphRestart.From(definition, old.Id, task)
            : GraphRestart.Failed(definition, old.Id, old.Result);
        var again = planned switch
        {
            GraphRestart.Planned plan => plan.Definition,
            GraphRestart.Refused refused => throw new CommandFailure(ExitCode.Usage, refused.Message),
            _ => throw new UnreachableException(),
        };
        var run = new NewRun(EngineHost.NewUid(), old.Name, GraphFamily.Word, GraphFamily.Pin(again), default)
        {
            Labels = old.Labels,
        };
        var ended = await new ForegroundRun(frame, workshop).RunAsync(run);
        if (ended is null)
            return ExitCode.Interrupted;
        RunReport.Write(frame, options.Run.Format, ended);
        return ForegroundRun.ExitCodeOf(ended);
    }
}

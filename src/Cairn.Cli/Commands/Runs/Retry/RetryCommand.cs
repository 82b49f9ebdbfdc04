using System.CommandLine;
using System.Diagnostics;
using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Runs;
using Cairn.Cli.Terminals;
using Cairn.Engine.Hosting;
using Cairn.Engine.Programs;
using Cairn.Engine.Records;
using Cairn.Engine.Runs;
using Cairn.Flows.Program;
using Cairn.Graphs.Program;

using Command = System.CommandLine.Command;

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
        if (old.Kind == FlowFamily.Word)
            return await AgainAsync(frame, workshop, old, options);
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

    /// <summary>A flow is run again from its beginning: the same source, environment and argument.</summary>
    private static async Task<int> AgainAsync(Frame frame, Workshop workshop, RunHead old, Options options)
    {
        if (options.From is not null)
            throw new CommandFailure(
                ExitCode.Usage, "--from repeats tasks of a graph; a flow is repeated from its beginning",
                $"cairn runs retry {old.Id}");
        var first = workshop.Engine.History(old).Select(record => record.Event)
            .OfType<JournalEvent.Happened>().Select(happened => happened.Event)
            .OfType<RunEvent.Started>().First();
        var definition = workshop.Engine.Journal.Definition(old);
        var run = new NewRun(EngineHost.NewUid(), old.Name, FlowFamily.Word, definition, first.Arguments)
        {
            Labels = old.Labels,
        };
        var ended = await new ForegroundRun(frame, workshop).RunAsync(run);
        if (ended is null)
            return ExitCode.Interrupted;
        FlowReport.Write(frame, options.Run.Format, ended);
        return ForegroundRun.ExitCodeOf(ended);
    }
}

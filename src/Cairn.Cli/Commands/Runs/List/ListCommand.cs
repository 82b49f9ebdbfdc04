using System.CommandLine;
using Cairn.Cli.Flags;
using Cairn.Cli.Progress;
using Cairn.Cli.Runs;
using Cairn.Cli.Terminals;
using Cairn.Engine.Runs;
using Spectre.Console;

namespace Cairn.Cli.Commands.Runs.List;

/// <summary>`cairn runs list`.</summary>
internal static class ListCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(RunFilter Filter, string? Home, OutputFormat Format);

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var state = new Option<string?>("--state") { Description = "Only in this state", HelpName = "STATE" };
        var since = new Option<string?>("--since") { Description = "Created within: 30m, 12h, 7d", HelpName = "TIME" };
        var limit = new Option<int>("--limit") { Description = "At most so many", DefaultValueFactory = _ => 100 };
        var labels = new LabelFlag();
        var command = new Command("list", "Lists runs, the newest last") { state, since, limit };
        labels.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(frame, new Options(
            new RunFilter
            {
                State = parsed.GetValue(state),
                Since = TimeFlag.Since(frame, parsed.GetValue(since)),
                Labels = labels.Read(parsed),
                Limit = parsed.GetValue(limit),
            },
            parsed.GetValue(GlobalFlags.Home),
            GlobalFlags.FormatOf(parsed))));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, Options options)
    {
        await using var workshop = RunLookup.Reading(frame, options.Home);
        IReadOnlyList<RunDocument> runs =
            [.. workshop.Engine.Journal.List(options.Filter).Select(run => RunDocument.Of(run, default))];
        new Output(frame.Terminal, options.Format).Write(
            runs, RunJson.Default.IReadOnlyListRunDocument, console => Table(console, runs, frame.Clock.GetUtcNow()),
            () => runs.Select(run => run.Id));
        return ExitCode.Done;
    }

    private static void Table(IAnsiConsole console, IReadOnlyList<RunDocument> runs, DateTimeOffset now)
    {
        var table = new Table().Border(TableBorder.None);
        foreach (var column in (string[])["RUN", "STATE", "OUTCOME", "CREATED", "TIME"])
            table.AddColumn(new TableColumn(new Text(column)) { NoWrap = true });
        foreach (var run in runs)
            table.AddRow(
                new Text(run.Id), new Text(run.State), new Text(run.Outcome),
                new Text(run.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss")),
                new Text(run.Started is { } started ? Elapsed.Text((run.Ended ?? now) - started) : ""));
        console.Write(table);
    }
}

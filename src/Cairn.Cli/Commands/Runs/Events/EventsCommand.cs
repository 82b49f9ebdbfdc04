using System.CommandLine;
using Cairn.Cli.Runs;
using Cairn.Cli.Terminals;
using Spectre.Console;

namespace Cairn.Cli.Commands.Runs.Events;

/// <summary>`cairn runs events RUN`: the journal's records of a run.</summary>
internal static class EventsCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var run = RunFlags.Argument();
        var command = new Command("events", "Prints what happened to a run, as the journal has it") { run };
        command.SetAction((parsed, _) => RunAsync(frame, RunFlags.Read(parsed, run)));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, RunFlags options)
    {
        await using var workshop = RunLookup.Reading(frame, options.Home);
        var run = RunLookup.Find(workshop, options.Run);
        IReadOnlyList<EventDocument> events = [.. workshop.Engine.History(run).Select(EventDocument.Of)];
        new Output(frame.Terminal, options.Format).Write(
            events, EventJson.Default.IReadOnlyListEventDocument, console => Table(console, events),
            () => events.Select(row => row.Sequence.ToString()));
        return ExitCode.Done;
    }

    private static void Table(IAnsiConsole console, IReadOnlyList<EventDocument> events)
    {
        foreach (var row in events)
            console.Write(new Text(
                $"{row.Sequence,6} {row.At.UtcDateTime:HH:mm:ss.fff} {row.Event}"
                + (row.Asked.Count > 0 ? " -> " + string.Join("; ", row.Asked) : "") + "\n"));
    }
}

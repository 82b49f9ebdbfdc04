using System.CommandLine;
using Cairn.Cli.Flags;
using Cairn.Cli.Terminals;
using Cairn.Platform.Triggers;
using Declared = Cairn.Platform.Triggers.Trigger;

namespace Cairn.Cli.Commands.Trigger.List;

/// <summary>`cairn trigger list`.</summary>
internal static class ListCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(string? Home, OutputFormat Format);

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var command = new Command("list", "Lists the triggers of the project");
        command.SetAction(parsed => Run(
            frame, new Options(parsed.GetValue(GlobalFlags.Home), GlobalFlags.FormatOf(parsed))));
        return command;
    }

    internal static int Run(Frame frame, Options options)
    {
        using var desk = TriggerDesk.Open(frame, options.Home);
        IReadOnlyList<TriggerDocument> triggers =
            [.. desk.Project.Triggers.Select(trigger => Document(desk, trigger, frame.Clock.GetUtcNow()))];
        new Output(frame.Terminal, options.Format).Write(
            triggers, TriggerJson.Default.IReadOnlyListTriggerDocument,
            console => console.Write(TriggerTables.Table(
                ["TRIGGER", "STATE", "STARTS", "WAITS FOR", "LAST"],
                triggers.Select(trigger => (string[])
                [
                    trigger.Id, trigger.State, trigger.Run, trigger.Cause,
                    trigger.Last is { } last ? $"{last.Outcome} {last.Run}".TrimEnd() : "",
                ]))),
            () => triggers.Select(trigger => trigger.Id));
        return ExitCode.Done;
    }

    private static TriggerDocument Document(TriggerDesk desk, Declared trigger, DateTimeOffset now) => new(
        trigger.Id, Words(trigger.Cause), trigger.Run, State(desk, trigger),
        trigger.Cause is TriggerCause.Schedule schedule ? schedule.Table.Next(now) : null,
        desk.Ledger.Log(trigger.Id, null, null, 1) is [var last] ? LogDocument.Of(last) : null);

    private static string State(TriggerDesk desk, Declared trigger)
    {
        if (!trigger.Enabled)
            return "disabled";
        if (trigger.When.Count > 0 && !trigger.When.Contains(desk.Project.Mode))
            return "other_mode";
        return desk.Ledger.Standing(trigger.Id) switch
        {
            null => "new",
            { Paused: true } => "paused",
            _ => "active",
        };
    }

    private static string Words(TriggerCause cause) => cause switch
    {
        TriggerCause.Objects objects => $"cairn://{objects.Store}/{objects.Pattern.Written}",
        TriggerCause.Events { Source: { } source } events => $"{events.Type} from {source}",
        TriggerCause.Events events => events.Type,
        TriggerCause.Schedule schedule => $"{schedule.Table.Written} {schedule.Table.Zone.Id}",
        TriggerCause.Manual => "cairn trigger fire",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

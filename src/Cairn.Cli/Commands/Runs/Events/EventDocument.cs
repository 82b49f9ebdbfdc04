using System.Text;
using Cairn.Engine.Effects;
using Cairn.Engine.Programs;
using Cairn.Engine.Records;

namespace Cairn.Cli.Commands.Runs.Events;

/// <summary>One record of a run's journal in words.</summary>
/// <param name="Sequence">From 1.</param>
/// <param name="At">When.</param>
/// <param name="Event">What happened.</param>
/// <param name="Asked">What the program asked for.</param>
internal sealed record EventDocument(long Sequence, DateTimeOffset At, string Event, IReadOnlyList<string> Asked)
{
    /// <summary>A record in words.</summary>
    public static EventDocument Of(Record record) => new(
        record.Sequence, record.At, Happened(record.Event), [.. record.Commands.Select(Asking)]);

    private static string Happened(JournalEvent happened) => happened switch
    {
        JournalEvent.Happened { Event: RunEvent.Started started } => $"started {started.Id}",
        JournalEvent.Happened { Event: RunEvent.Reported reported } =>
            $"effect {reported.Effect} {Reported(reported.Report)}",
        JournalEvent.Happened { Event: RunEvent.TimerFired timer } => $"timer {timer.Timer}",
        JournalEvent.Happened { Event: RunEvent.Arrived arrived } =>
            $"{arrived.Item.Kind.ToString().ToLowerInvariant()} arrived",
        JournalEvent.Issued issued => $"handed out {string.Join(", ", issued.Effects)}",
        JournalEvent.Again again => $"record {again.Record} again",
        JournalEvent.Diverged diverged => $"diverged: {diverged.Message}",
        _ => happened.GetType().Name,
    };

    private static string Reported(Report report) => report switch
    {
        Report.Accepted => "accepted",
        Report.Progressed progressed => $"progressed {Encoding.UTF8.GetString(progressed.State.Span)}",
        Report.Ended ended => $"ended {Encoding.UTF8.GetString(ended.Result.Span)}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Asking(Command command) => command switch
    {
        Command.Asked asked => $"ask {asked.Effect} {asked.Ask.Kind} {asked.Ask.Label} attempt {asked.Ask.Attempt}",
        Command.Told told => $"tell {told.Effect} {Encoding.UTF8.GetString(told.Message.Span)}",
        Command.TimerSet timer => $"timer {timer.Timer} at {timer.Due:O}",
        Command.TimerCleared timer => $"no timer {timer.Timer}",
        Command.Noted { Kind: "log" } line => $"note log {Encoding.UTF8.GetString(line.Payload.Span)}",
        Command.Noted noted => $"note {noted.Kind}",
        Command.Shown shown => $"state {shown.State}",
        Command.Ended ended => $"end {ended.State}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

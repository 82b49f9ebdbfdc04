using System.CommandLine;
using System.Security.Cryptography;
using Cairn.Cli.Faults;
using Cairn.Cli.Flags;
using Cairn.Cli.Terminals;
using Cairn.Platform.Triggers;
using Cairn.Platform.Triggers.Ledgers;

namespace Cairn.Cli.Commands.Trigger.Fire;

/// <summary>
/// `cairn trigger fire TRIGGER`: by hand, for an object, or for an event from a file. What it wants is durable when it
/// returns; `cairn up` starts it.
/// </summary>
internal static class FireCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(string Trigger, string? Url, string? Event)
    {
        /// <summary>The state folder, or null.</summary>
        public string? Home { get; init; }

        /// <summary>How it is printed.</summary>
        public OutputFormat Format { get; init; }
    }

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var trigger = new Argument<string>("TRIGGER") { Description = "Its id" };
        var url = new Option<string?>("--url")
        {
            Description = "As if this object were complete now",
            HelpName = "URL",
        };
        var happened = EventFlag.Create();
        var command = new Command("fire", "Fires a trigger by hand, for an object or for an event")
        {
            trigger, url, happened,
        };
        command.SetAction((parsed, cancel) => RunAsync(
            frame,
            new Options(parsed.GetRequiredValue(trigger), parsed.GetValue(url), parsed.GetValue(happened))
            {
                Home = parsed.GetValue(GlobalFlags.Home),
                Format = GlobalFlags.FormatOf(parsed),
            },
            cancel));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, Options options, CancellationToken cancel)
    {
        if (options is { Url: not null, Event: not null })
            throw new CommandFailure(ExitCode.Usage, "--url and --event cannot both be meant");
        using var desk = TriggerDesk.Open(frame, options.Home);
        var trigger = desk.Find(options.Trigger);
        var decisions = (await Happenings(frame, desk, options, cancel))
            .Select(happened => new Decision(trigger.Id, happened, desk.Judge(trigger, happened)))
            .ToList();
        if (decisions.Select(decision => decision.Verdict).OfType<Verdict.Silent>().FirstOrDefault() is { } silent)
            throw new CommandFailure(ExitCode.Precondition, $"{trigger.Id} does not fire: {silent.Reason}");
        if (trigger.Cause is TriggerCause.Objects && options is { Url: null, Event: null })
            throw new CommandFailure(
                ExitCode.Usage, $"{trigger.Id} waits for objects: which one?", "--url URL names it");
        var lines = desk.Ledger.Decide(decisions);
        if (lines.Any(line => line.Outcome == "fired"))
            frame.Terminal.Error.WriteLine("it is noted; cairn up starts it");
        TriggerTables.Write(frame, options.Format, [.. lines.Select(LogDocument.Of)]);
        return ExitCode.Done;
    }

    private static async Task<IReadOnlyList<Happening>> Happenings(
        Frame frame, TriggerDesk desk, Options options, CancellationToken cancel)
    {
        if (options.Event is { } file)
            return EventFlag.Read(frame, desk.Project, file);
        if (options.Url is not { } url)
        {
            var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
            return [new Happening.Fired(id, frame.Clock.GetUtcNow())];
        }

        var (happened, isThere) = await desk.ObjectAt(url, cancel);
        return isThere ? [happened] : throw new CommandFailure(ExitCode.NotFound, $"there is no object {url}");
    }
}

using System.CommandLine;
using Cairn.Cli.Flags;
using Cairn.Cli.Terminals;

namespace Cairn.Cli.Commands.Trigger.Log;

/// <summary>`cairn trigger log [TRIGGER]`.</summary>
internal static class LogCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(string? Trigger, string? Url, DateTimeOffset? Since, int Limit)
    {
        /// <summary>The state folder, or null.</summary>
        public string? Home { get; init; }

        /// <summary>How it is printed.</summary>
        public OutputFormat Format { get; init; }
    }

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var trigger = new Argument<string?>("TRIGGER") { Description = "Only of it", Arity = ArgumentArity.ZeroOrOne };
        var url = new Option<string?>("--url") { Description = "Only about this object", HelpName = "URL" };
        var since = new Option<string?>("--since") { Description = "Within: 30m, 12h, 7d", HelpName = "TIME" };
        var limit = new Option<int>("--limit") { Description = "At most so many", DefaultValueFactory = _ => 100 };
        var command = new Command("log", "Prints what fired and what did not, the newest last")
        {
            trigger, url, since, limit,
        };
        command.SetAction((parsed, cancel) => RunAsync(
            frame,
            new Options(
                parsed.GetValue(trigger), parsed.GetValue(url), TimeFlag.Since(frame, parsed.GetValue(since)),
                parsed.GetValue(limit))
            {
                Home = parsed.GetValue(GlobalFlags.Home),
                Format = GlobalFlags.FormatOf(parsed),
            },
            cancel));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, Options options, CancellationToken cancel)
    {
        using var desk = TriggerDesk.Open(frame, options.Home);
        var subject = options.Url is { } url ? (await desk.ObjectAt(url, cancel)).Happened.Subject : null;
        TriggerTables.Write(frame, options.Format, [.. desk.Ledger
            .Log(options.Trigger, subject, options.Since, options.Limit).Reverse().Select(LogDocument.Of)]);
        return ExitCode.Done;
    }
}

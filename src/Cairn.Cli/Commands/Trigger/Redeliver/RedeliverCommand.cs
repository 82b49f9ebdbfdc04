using System.CommandLine;
using Cairn.Cli.Faults;
using Cairn.Cli.Flags;
using Cairn.Cli.Terminals;
using Cairn.Platform.Stores.Embedded;
using Cairn.Platform.Stores.Transfers;
using Cairn.Platform.Triggers;
using Cairn.Platform.Triggers.Ledgers;
using Declared = Cairn.Platform.Triggers.Trigger;

namespace Cairn.Cli.Commands.Trigger.Redeliver;

/// <summary>
/// `cairn trigger redeliver URL`: tells triggers again of the objects below a URL. What has fired for a version does
/// not fire again, unless that is asked for.
/// </summary>
internal static class RedeliverCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(string Url, string? Trigger, DateTimeOffset? Since)
    {
        /// <summary>Only says what would fire.</summary>
        public bool DryRun { get; init; }

        /// <summary>Fires again for versions that have fired.</summary>
        public bool Again { get; init; }

        /// <summary>The state folder, or null.</summary>
        public string? Home { get; init; }

        /// <summary>How it is printed.</summary>
        public OutputFormat Format { get; init; }
    }

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var url = new Argument<string>("URL") { Description = "An object, or a prefix that ends in a slash" };
        var trigger = new Option<string?>("--trigger") { Description = "Only this one", HelpName = "TRIGGER" };
        var since = new Option<string?>("--since") { Description = "Written within: 30m, 12h, 7d", HelpName = "TIME" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only says what would fire" };
        var again = new Option<bool>("--again") { Description = "Also for versions that have fired already" };
        var command = new Command("redeliver", "Tells triggers again of objects that are there")
        {
            url, trigger, since, dryRun, again,
        };
        command.SetAction((parsed, cancel) => RunAsync(
            frame,
            new Options(
                parsed.GetRequiredValue(url), parsed.GetValue(trigger), TimeFlag.Since(frame, parsed.GetValue(since)))
            {
                DryRun = parsed.GetValue(dryRun),
                Again = parsed.GetValue(again),
                Home = parsed.GetValue(GlobalFlags.Home),
                Format = GlobalFlags.FormatOf(parsed),
            },
            cancel));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, Options options, CancellationToken cancel)
    {
        using var desk = TriggerDesk.Open(frame, options.Home);
        IReadOnlyList<Declared> triggers = options.Trigger is { } id ? [desk.Find(id)] : desk.Project.Triggers;
        var place = await desk.Stores.Resolve(options.Url, forWrite: false, cancel);
        if (place.Store is not EmbeddedBucket bucket)
            throw new CommandFailure(ExitCode.Precondition, $"{options.Url} lies in no store of this project");
        var store = bucket.Url["cairn://".Length..];
        var lines = new List<LogDocument>();
        await foreach (var found in StoreTransfers.All(bucket, place.IsFolder ? place.Prefix : place.Key, cancel))
        {
            if (found.Updated < options.Since || (!place.IsFolder && found.Key != place.Key))
                continue;
            var happened = new Happening.Stored(store, desk.Project.BucketName(store), found.Key, found.Generation)
            {
                Size = found.Size,
                At = found.Updated,
            };
            lines.AddRange(Deliver(frame, desk, triggers, happened, options));
        }

        var fired = lines.Count(line => line.Outcome is "fired" or "would_fire");
        frame.Terminal.Error.WriteLine(options.DryRun ? $"{fired} would fire" : $"{fired} fire; cairn up starts them");
        TriggerTables.Write(frame, options.Format, lines);
        return ExitCode.Done;
    }

    private static IEnumerable<LogDocument> Deliver(
        Frame frame, TriggerDesk desk, IReadOnlyList<Declared> triggers, Happening.Stored happened, Options options)
    {
        var decisions = triggers
            .Select(trigger => new Decision(trigger.Id, happened, desk.Judge(trigger, happened))
            {
                Again = options.Again,
            })
            .Where(decision => decision.Verdict is Verdict.Fires)
            .ToList();
        if (!options.DryRun)
            return desk.Ledger.Decide(decisions).Select(LogDocument.Of);
        var done = desk.Ledger.Claims(happened.Subject, happened.Version).Select(claim => claim.Trigger).ToList();
        return decisions.Select(decision => new LogDocument(
            frame.Clock.GetUtcNow(), decision.Trigger, happened.Subject, happened.Version,
            done.Contains(decision.Trigger) && !options.Again ? "duplicate" : "would_fire", null, null));
    }
}

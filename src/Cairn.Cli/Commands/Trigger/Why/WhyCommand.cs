using System.CommandLine;
using Cairn.Cli.Faults;
using Cairn.Cli.Flags;
using Cairn.Cli.Terminals;
using Cairn.Platform.Triggers;
using Cairn.Platform.Triggers.Ledgers;
using Declared = Cairn.Platform.Triggers.Trigger;

namespace Cairn.Cli.Commands.Trigger.Why;

/// <summary>`cairn trigger why URL`: what an object started, and why it started nothing else.</summary>
internal static class WhyCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(string Url, string? Home, OutputFormat Format);

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var url = new Argument<string>("URL") { Description = "An object that is there" };
        var command = new Command("why", "Says what an object started, or why it started nothing") { url };
        command.SetAction((parsed, cancel) => RunAsync(frame, new Options(
            parsed.GetRequiredValue(url), parsed.GetValue(GlobalFlags.Home), GlobalFlags.FormatOf(parsed)), cancel));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, Options options, CancellationToken cancel)
    {
        using var desk = TriggerDesk.Open(frame, options.Home);
        var (happened, isThere) = await desk.ObjectAt(options.Url, cancel);
        if (!isThere)
            throw new CommandFailure(
                ExitCode.NotFound, $"there is no object {options.Url}", "cairn trigger test says what it would start");
        var claims = desk.Ledger.Claims(happened.Subject, happened.Version);
        var log = desk.Ledger.Log(null, happened.Subject, null, 1000)
            .Where(line => line.Version == happened.Version).ToList();
        TriggerTables.Write(frame, options.Format, [.. desk.Project.Triggers.Select(trigger =>
            Explain(desk, trigger, happened, claims.LastOrDefault(claim => claim.Trigger == trigger.Id),
                log.Find(line => line.Trigger == trigger.Id)))]);
        return ExitCode.Done;
    }

    // What was done comes first, then what was decided, then what would be decided now.
    private static VerdictDocument Explain(
        TriggerDesk desk, Declared trigger, Happening.Stored happened, Claim? claim, LogLine? decided)
    {
        var now = VerdictDocument.Of(trigger.Id, desk.Judge(trigger, happened));
        if (claim is not null)
            return new VerdictDocument(trigger.Id, claim.State == ClaimState.Started, claim.State switch
            {
                ClaimState.Started => null,
                ClaimState.Waiting =>
                    $"it waits to be started{(claim.Message is { } why ? ": " + why : " by cairn up")}",
                _ => $"its run could not be made: {claim.Message}",
            }, claim.Values, claim.Run);
        if (decided is not null)
            return new VerdictDocument(trigger.Id, false, decided.Detail, null);
        if (!now.Fires)
            return now;
        return new VerdictDocument(
            trigger.Id, false,
            desk.Ledger.Standing(trigger.Id) is null
                ? "nothing has followed this trigger yet: start cairn up; what is there already needs redeliver"
                : "it was not told of it, or it was complete before the trigger was there: redeliver sends it", null);
    }
}

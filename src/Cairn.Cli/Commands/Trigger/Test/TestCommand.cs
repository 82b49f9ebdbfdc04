using System.CommandLine;
using Cairn.Cli.Faults;
using Cairn.Cli.Flags;
using Cairn.Cli.Terminals;
using Cairn.Platform.Triggers;

namespace Cairn.Cli.Commands.Trigger.Test;

/// <summary>`cairn trigger test URL`: which triggers an object would fire, and why the others would not.</summary>
internal static class TestCommand
{
    /// <summary>What it was asked: a URL or a file with events.</summary>
    internal sealed record Options(string? Url, string? Event, string? Home, OutputFormat Format);

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var url = new Argument<string?>("URL")
        {
            Description = "An object, which need not be there",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var happened = EventFlag.Create();
        var command = new Command("test", "Says which triggers would fire, and why the others would not")
        {
            url, happened,
        };
        command.SetAction((parsed, cancel) => RunAsync(frame, new Options(
            parsed.GetValue(url), parsed.GetValue(happened), parsed.GetValue(GlobalFlags.Home),
            GlobalFlags.FormatOf(parsed)), cancel));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, Options options, CancellationToken cancel)
    {
        if (options.Url is null == options.Event is null)
            throw new CommandFailure(ExitCode.Usage, "a URL or --event FILE is expected");
        using var desk = TriggerDesk.Open(frame, options.Home);
        IReadOnlyList<Happening> happenings = options.Url is { } url
            ? [(await desk.ObjectAt(url, cancel)).Happened]
            : EventFlag.Read(frame, desk.Project, options.Event!);
        TriggerTables.Write(frame, options.Format, [.. happenings.SelectMany(happened => desk.Project.Triggers.Select(
            trigger => VerdictDocument.Of(trigger.Id, desk.Judge(trigger, happened))))]);
        return ExitCode.Done;
    }
}

using System.CommandLine;
using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Flags;
using Cairn.Cli.Runs;
using Cairn.Cli.Terminals;
using Cairn.Engine.Runs;

namespace Cairn.Cli.Commands.Runs.Prune;

/// <summary>`cairn runs prune`: deletes ended runs with the folders of their tasks.</summary>
internal static class PruneCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(string? Run, TimeSpan? OlderThan, string? Home);

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var run = new Argument<string?>("RUN") { Description = "One run", Arity = ArgumentArity.ZeroOrOne };
        var older = new Option<string?>("--older-than")
        {
            Description = "Runs that ended so long ago (default: journal.keep, 90d)",
            HelpName = "TIME",
        };
        var command = new Command("prune", "Deletes ended runs with their logs") { run, older };
        command.SetAction((parsed, _) => RunAsync(frame, new Options(
            parsed.GetValue(run),
            parsed.GetValue(older) is { } text ? TimeFlag.Span(text) : null,
            parsed.GetValue(GlobalFlags.Home))));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, Options options)
    {
        var site = Site.Find(frame, options.Home);
        await using var workshop = Workshop.Open(frame, site, frame.Terminal.Error.WriteLine);
        var before = frame.Clock.GetUtcNow() - (options.OlderThan ?? site.Project.JournalKeep);
        IReadOnlyList<RunHead> runs = options.Run is { } id
            ? [RunLookup.Find(workshop, id)]
            : [.. workshop.Engine.Journal.List(new RunFilter()).Where(run => run.Ended < before && run.Live == 0)];
        foreach (var run in runs)
        {
            if (!workshop.Engine.Journal.Prune(run.Uid))
                throw new CommandFailure(
                    ExitCode.Usage, $"{run.Id} has not ended, or its tasks are still stopping",
                    $"cairn runs cancel {run.Id}");
            frame.Terminal.Out.WriteLine(run.Id);
        }

        workshop.Sweep();

        return ExitCode.Done;
    }
}

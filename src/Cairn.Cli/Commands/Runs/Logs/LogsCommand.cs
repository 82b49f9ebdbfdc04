using System.CommandLine;
using Cairn.Cli.Faults;
using Cairn.Cli.Flags;
using Cairn.Cli.Progress;
using Cairn.Cli.Runs;
using Cairn.Cli.Terminals;
using Cairn.Flows.Program;
using TaskLog = Cairn.Platform.Executors.Local.Logs.TaskLogs;

namespace Cairn.Cli.Commands.Runs.Logs;

/// <summary>`cairn runs logs RUN [TASK…]`.</summary>
internal static class LogsCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(string Run, IReadOnlyList<string> Tasks, int? Tail, string? Home);

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var run = RunFlags.Argument();
        var tasks = new Argument<string[]>("TASK")
        {
            Description = "Only these tasks",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var tail = new Option<int?>("--tail") { Description = "Only the last lines of each", HelpName = "N" };
        var command = new Command("logs", "Prints what the tasks of a run, or its steps, wrote") { run, tasks, tail };
        command.SetAction((parsed, _) => RunAsync(frame, new Options(
            parsed.GetRequiredValue(run), parsed.GetValue(tasks) ?? [], parsed.GetValue(tail),
            parsed.GetValue(GlobalFlags.Home))));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, Options options)
    {
        await using var workshop = RunLookup.Reading(frame, options.Home);
        var run = RunLookup.Find(workshop, options.Run);
        if (run.Kind == FlowFamily.Word)
        {
            WriteLines(frame, options, [.. workshop.Engine.History(run).SelectMany(FlowLines.Of)]);
            return ExitCode.Done;
        }

        var logs = TaskLogs.Load(workshop, run);
        if (options.Tasks.FirstOrDefault(task => !logs.Tasks.Contains(task)) is { } unknown)
            throw new CommandFailure(
                ExitCode.NotFound, $"{run.Id} has started no task '{unknown}'",
                $"it has: {string.Join(", ", logs.Tasks)}");
        var mask = workshop.Site.Credentials().Mask;
        foreach (var task in options.Tasks.Count > 0 ? options.Tasks : logs.Tasks)
        {
            if (logs.FolderOf(task) is not { } folder)
                continue;
            var lines = TaskLog.Read(folder);
            foreach (var line in options.Tail is { } most ? lines.TakeLast(most) : lines)
            {
                var source = line.Control ? $"[{task}][osmo]" : $"[{task}]";
                var time = $"{line.Time.UtcDateTime:yyyy/MM/dd HH:mm:ss}";
                frame.Terminal.Out.WriteLine($"{time} {source} {mask.Apply(line.Text)}");
            }
        }

        return ExitCode.Done;
    }

    /// <summary>The lines of a flow, of the steps that were asked for.</summary>
    private static void WriteLines(Frame frame, Options options, List<FlowLine> lines)
    {
        var wanted = options.Tasks.Count == 0 ? lines : lines.FindAll(line => options.Tasks.Contains(line.Step));
        foreach (var line in options.Tail is { } most ? wanted.TakeLast(most) : wanted)
        {
            var severity = line.Severity == "DEFAULT" ? "" : line.Severity + " ";
            frame.Terminal.Out.WriteLine(
                $"{line.At.UtcDateTime:yyyy/MM/dd HH:mm:ss} [{line.Step}] {severity}{line.Text}");
        }
    }
}

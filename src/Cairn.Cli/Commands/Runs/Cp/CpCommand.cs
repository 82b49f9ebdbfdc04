using System.CommandLine;
using Cairn.Cli.Faults;
using Cairn.Cli.Flags;
using Cairn.Cli.Runs;
using Cairn.Cli.Terminals;
using Cairn.Platform.Executors.Local.Reaping;

namespace Cairn.Cli.Commands.Runs.Cp;

/// <summary>
/// `cairn runs cp RUN TASK FROM TO`: a file out of a running task, or into it. The task's side begins with `:`.
/// </summary>
internal static class CpCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(string Run, string Task, string From, string To, string? Home);

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var run = RunFlags.Argument();
        var task = new Argument<string>("TASK") { Description = "A task that runs" };
        var from = new Argument<string>("FROM") { Description = "A file; `:/path` is the task's" };
        var to = new Argument<string>("TO") { Description = "Where to; `:/path` is the task's" };
        var command = new Command("cp", "Copies a file out of a running task, or into it") { run, task, from, to };
        command.SetAction((parsed, _) => RunAsync(frame, new Options(
            parsed.GetRequiredValue(run), parsed.GetRequiredValue(task), parsed.GetRequiredValue(from),
            parsed.GetRequiredValue(to), parsed.GetValue(GlobalFlags.Home))));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, Options options)
    {
        if (options.From.StartsWith(':') == options.To.StartsWith(':'))
            throw new CommandFailure(ExitCode.Usage, "one side must be the task's, and begins with a colon: `:/tmp/x`");
        await using var workshop = RunLookup.Reading(frame, options.Home);
        var run = RunLookup.Find(workshop, options.Run);
        var running = RunningTask.Find(workshop.Site.Project.StateFolder, run.Uid, options.Task)
            ?? throw new CommandFailure(
                ExitCode.NotFound, $"{options.Task} of {run.Id} does not run now", $"cairn runs show {run.Id}");
        var (from, to) = (PathOf(frame, running, options.From), PathOf(frame, running, options.To));
        if (!File.Exists(from))
            throw new CommandFailure(ExitCode.NotFound, $"there is no file {options.From}");
        File.Copy(from, Directory.Exists(to) ? Path.Combine(to, Path.GetFileName(from)) : to, overwrite: true);
        return ExitCode.Done;
    }

    private static string PathOf(Frame frame, RunningTask running, string path) => path.StartsWith(':')
        ? running.OnHost(path[1..]) ?? throw new CommandFailure(
            ExitCode.Usage, $"{path} lies in no folder that the task shares with this machine",
            "its output, inputs, workspace and /tmp can be reached")
        : frame.PathOf(path);
}

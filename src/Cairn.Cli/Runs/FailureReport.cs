using Cairn.Cli.Composition;
using Cairn.Cli.Progress;
using Cairn.Engine.Runs;

namespace Cairn.Cli.Runs;

/// <summary>The end of the log of each task that failed by itself, on stderr.</summary>
internal static class FailureReport
{
    private const int Lines = 20;

    /// <summary>Shows why a run failed, as its tasks tell it.</summary>
    public static void Write(Frame frame, Workshop workshop, RunHead run)
    {
        var logs = TaskLogs.Load(workshop, run);
        foreach (var task in RunDocument.Of(run, run.Result).Tasks?.EnumerateArray() ?? default)
        {
            var (name, state) = (TaskFields.Text(task, "name"), TaskFields.Text(task, "state"));
            if (!state.StartsWith("FAILED", StringComparison.Ordinal) || state == "FAILED_UPSTREAM")
                continue;
            var code = TaskFields.Text(task, "exit_code");
            var reason = TaskFields.Text(task, "reason") is { Length: > 0 } said ? said : $"exit code {code}";
            frame.Terminal.Error.WriteLine($"{name} {state}: {reason}");
            foreach (var line in logs.TailOf(name, Lines))
                frame.Terminal.Error.WriteLine($"  | {line}");
            if (logs.FolderOf(name) is { } folder)
                frame.Terminal.Error.WriteLine($"  whole log: {Path.Combine(folder, "output.log")}");
        }
    }
}

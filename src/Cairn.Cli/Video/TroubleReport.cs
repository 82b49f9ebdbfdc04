using Cairn.Cli.Composition;
using Cairn.Cli.Progress;
using Cairn.Cli.Runs;
using Cairn.Engine.Runs;

namespace Cairn.Cli.Video;

/// <summary>What is likely wrong with a failed run and what to do, on stderr. Nothing is started again.</summary>
internal static class TroubleReport
{
    /// <summary>Says it once for each cause.</summary>
    public static void Write(Frame frame, Workshop workshop, RunHead run)
    {
        var logs = TaskLogs.Load(workshop, run);
        var said = new List<Trouble>();
        foreach (var task in RunDocument.Of(run, run.Result).Tasks?.EnumerateArray() ?? default)
        {
            var (name, state) = (TaskFields.Text(task, "name"), TaskFields.Text(task, "state"));
            if (!state.StartsWith("FAILED", StringComparison.Ordinal) || state == "FAILED_UPSTREAM")
                continue;
            IEnumerable<string> lines = [.. logs.TailOf(name, Trouble.Lines), TaskFields.Text(task, "reason")];
            if (Trouble.Of(lines) is not { } trouble || said.Contains(trouble))
                continue;
            said.Add(trouble);
            frame.Terminal.Error.WriteLine($"likely: {trouble.Cause} ({name})");
            frame.Terminal.Error.WriteLine($"  hint: {trouble.Fix}");
        }
    }
}

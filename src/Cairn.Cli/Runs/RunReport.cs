using System.Text.Json;
using Cairn.Cli.Progress;
using Cairn.Cli.Terminals;
using Cairn.Engine.Runs;
using Spectre.Console;

namespace Cairn.Cli.Runs;

/// <summary>Prints one run with its tasks.</summary>
internal static class RunReport
{
    /// <summary>Prints a run that ended, from its result.</summary>
    public static void Write(Frame frame, OutputFormat format, RunHead run) =>
        Write(frame, format, RunDocument.Of(run, run.Result));

    /// <summary>Prints a run; with its images, as they were pinned when it was submitted.</summary>
    public static void Write(Frame frame, OutputFormat format, RunDocument run, bool withImages = false)
    {
        var now = frame.Clock.GetUtcNow();
        var output = new Output(frame.Terminal, format);
        output.Write(run, RunJson.Default.RunDocument, console => Show(console, run, now, withImages), () => [run.Id]);
    }

    private static void Show(IAnsiConsole console, RunDocument run, DateTimeOffset now, bool withImages)
    {
        Table(console, run, now);
        var images = run.Tasks?.EnumerateArray()
            .Select(task => (TaskFields.Text(task, "image"), TaskFields.Text(task, "replaced_image"))).Distinct() ?? [];
        foreach (var (image, replaced) in withImages ? images : [])
            console.Write(new Text($"image {image}{(replaced.Length > 0 ? $", replaced: {replaced}" : "")}\n"));
    }

    private static void Table(IAnsiConsole console, RunDocument run, DateTimeOffset now)
    {
        console.Write(new Text($"{run.Id} {run.State} ({run.Outcome}){TimeOf(run, now)}\n"));
        if (run.WaitingFor is { } waits)
            console.Write(new Text($"waits for {waits}\n"));
        if (run.Error is { ValueKind: JsonValueKind.String } error)
            console.Write(new Text($"{error.GetString()}\n"));
        if (run.Reason is { } reason)
            console.Write(new Text($"{reason}\n"));
        if (run.Steps is { } steps)
            Steps(console, steps, now);
        if (run.Error is { ValueKind: JsonValueKind.Object } raised)
            console.Write(new Text($"{TaskFields.Text(raised, "context")}\n"));
        if (run.Result is { } result)
            console.Write(new Text($"result {result.GetRawText()}\n"));
        if (run.Tasks is not { } tasks)
            return;
        var table = new Table().Border(TableBorder.None);
        foreach (var column in (string[])["TASK", "STATE", "EXIT", "TIME", "REASON"])
            table.AddColumn(new TableColumn(new Text(column)) { NoWrap = true });
        foreach (var task in tasks.EnumerateArray())
            table.AddRow(
                new Text(TaskFields.Text(task, "name")),
                new Text(TaskFields.Text(task, "state")),
                new Text(TaskFields.Text(task, "exit_code")),
                new Text(TimeOf(task, now)),
                new Text(TaskFields.Text(task, "reason")));
        console.Write(table);
    }

    private static void Steps(IAnsiConsole console, JsonElement steps, DateTimeOffset now)
    {
        var table = new Table().Border(TableBorder.None);
        foreach (var column in (string[])["STEP", "STATE", "TIMES", "TIME", "WAITS FOR"])
            table.AddColumn(new TableColumn(new Text(column)) { NoWrap = true });
        foreach (var step in steps.EnumerateArray())
            table.AddRow(
                new Text(StepName(step)),
                new Text(TaskFields.Text(step, "state")),
                new Text(TaskFields.Text(step, "count")),
                new Text(TimeOf(step, now)),
                new Text(TaskFields.Text(step, "waiting_for")));
        console.Write(table);
    }

    /// <summary>Indented below the step around it, with its routine when that is not main.</summary>
    private static string StepName(JsonElement step)
    {
        var depth = int.TryParse(TaskFields.Text(step, "depth"), out var levels) ? levels : 0;
        var routine = TaskFields.Text(step, "routine");
        var name = TaskFields.Text(step, "name");
        return new string(' ', Math.Min(depth, 20) * 2) + (routine.Length > 0 ? $"{routine}.{name}" : name);
    }

    private static string TimeOf(RunDocument run, DateTimeOffset now) =>
        run.Started is { } started ? " in " + Elapsed.Text((run.Ended ?? now) - started) : "";

    private static string TimeOf(JsonElement task, DateTimeOffset now) =>
        TaskFields.Time(task, "started") is { } started
            ? Elapsed.Text((TaskFields.Time(task, "ended") ?? now) - started)
            : "";
}

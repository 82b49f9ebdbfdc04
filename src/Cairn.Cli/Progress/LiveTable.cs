using Spectre.Console;
using Spectre.Console.Rendering;

namespace Cairn.Cli.Progress;

/// <summary>A run as a table that is drawn again and again on a terminal.</summary>
internal static class LiveTable
{
    private const int MostRows = 24;
    private const int LongestNote = 60;

    /// <summary>
    /// The table of a moment. Of a wide graph it shows what lives and what failed, and counts the rest.
    /// </summary>
    public static IRenderable Of(RunSnapshot run, DateTimeOffset began, DateTimeOffset now)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders();
        table.AddColumn(new TableColumn("").NoWrap());
        table.AddColumn(new TableColumn("").NoWrap());
        table.AddColumn(new TableColumn("").NoWrap().RightAligned());
        table.AddColumn(new TableColumn(""));
        var shown = Shown(run.Tasks);
        foreach (var task in shown)
            table.AddRow(
                new Text(task.Name),
                new Text(task.State, StyleOf(task)),
                new Text(TimeOf(task, now)),
                new Text(Short(task.Note), new Style(decoration: Decoration.Dim)));
        var done = run.Tasks.Count(task => task.IsOver);
        var what = run.IsFlow ? "steps" : "tasks";
        var line = $"{run.Id} {run.State}  {done} of {run.Tasks.Count} {what}  {Elapsed.Text(now - began)}";
        if (shown.Count < run.Tasks.Count)
            line += $"  ({run.Tasks.Count - shown.Count} not shown)";
        if (run.WaitingFor is { } reason)
            line += $"  {Short(reason)}";
        return new Rows(table, new Text(line, new Style(decoration: Decoration.Bold)));
    }

    private static IReadOnlyList<TaskSnapshot> Shown(IReadOnlyList<TaskSnapshot> tasks)
    {
        if (tasks.Count <= MostRows)
            return tasks;
        return [.. tasks.OrderBy(Weight).Take(MostRows)];

        static int Weight(TaskSnapshot task) => task switch
        {
            { IsBad: true } => 0,
            { IsLive: true } => 1,
            { IsOver: false } => 2,
            _ => 3,
        };
    }

    private static string TimeOf(TaskSnapshot task, DateTimeOffset now) =>
        task.Started is { } started ? Elapsed.Text((task.Ended ?? now) - started) : "";

    private static string Short(string note) => note.Length <= LongestNote ? note : note[..LongestNote] + "…";

    private static Style StyleOf(TaskSnapshot task) => task switch
    {
        { IsBad: true } => new Style(Color.Red),
        { IsGood: true } => new Style(Color.Green),
        { IsLive: true } => new Style(Color.Yellow),
        _ => new Style(decoration: Decoration.Dim),
    };
}

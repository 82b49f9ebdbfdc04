using Cairn.Cli.Terminals;
using Spectre.Console;

namespace Cairn.Cli.Commands.Trigger;

/// <summary>Prints what commands about triggers answer.</summary>
internal static class TriggerTables
{
    /// <summary>Verdicts: those that fire first.</summary>
    public static void Write(Frame frame, OutputFormat format, IReadOnlyList<VerdictDocument> verdicts) =>
        new Output(frame.Terminal, format).Write(
            verdicts, TriggerJson.Default.IReadOnlyListVerdictDocument,
            console => console.Write(Table(
                ["TRIGGER", "FIRES", "WHY"],
                verdicts.OrderByDescending(verdict => verdict.Fires).Select(verdict => (string[])
                [
                    verdict.Id, verdict.Run ?? (verdict.Fires ? "yes" : "no"),
                    verdict.Reason ?? string.Join(' ', verdict.Values!.Select(value => $"{value.Key}={value.Value}")),
                ]))),
            () => verdicts.Where(verdict => verdict.Fires).Select(verdict => verdict.Id));

    /// <summary>Lines of the log, the newest last.</summary>
    public static void Write(Frame frame, OutputFormat format, IReadOnlyList<LogDocument> lines) =>
        new Output(frame.Terminal, format).Write(
            lines, TriggerJson.Default.IReadOnlyListLogDocument,
            console => console.Write(Table(
                ["TIME", "TRIGGER", "OUTCOME", "RUN", "ABOUT", "DETAIL"],
                lines.Select(line => (string[])
                [
                    $"{line.At:yyyy-MM-dd HH:mm:ss}Z", line.Trigger, line.Outcome, line.Run ?? "",
                    line.Version > 0 ? $"{line.Subject}#{line.Version}" : line.Subject, line.Detail ?? "",
                ]))),
            () => lines.Select(line => line.Subject));

    /// <summary>A table without lines.</summary>
    public static Table Table(IReadOnlyList<string> columns, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.None);
        foreach (var column in columns)
            table.AddColumn(new TableColumn(new Text(column)) { NoWrap = true });
        foreach (var row in rows)
            table.AddRow([.. row.Select(cell => new Text(cell))]);
        return table;
    }
}

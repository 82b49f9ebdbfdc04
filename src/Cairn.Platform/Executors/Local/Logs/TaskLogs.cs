using System.Globalization;
using System.Text;
using Cairn.Platform.Executors.Local.Places;

namespace Cairn.Platform.Executors.Local.Logs;

/// <summary>Reads what one attempt at a task wrote, and what the executor said about it.</summary>
public static class TaskLogs
{
    /// <summary>All lines in the order of their times; a gap is a line that names it.</summary>
    /// <param name="taskFolder">The attempt's folder.</param>
    public static IEnumerable<TaskLogLine> Read(string taskFolder)
    {
        var folder = new TaskFolder(taskFolder);
        using var control = Control(folder).GetEnumerator();
        var more = control.MoveNext();
        foreach (var line in Output(folder))
        {
            for (; more && control.Current.Time <= line.Time; more = control.MoveNext())
                yield return control.Current;
            yield return line;
        }

        for (; more; more = control.MoveNext())
            yield return control.Current;
    }

    private static IEnumerable<TaskLogLine> Control(TaskFolder folder)
    {
        if (!File.Exists(folder.ControlLog))
            yield break;
        foreach (var line in File.ReadLines(folder.ControlLog))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0 && DateTimeOffset.TryParse(
                line[..space], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
                yield return new TaskLogLine(time, Control: true, line[(space + 1)..]);
        }
    }

    private static IEnumerable<TaskLogLine> Output(TaskFolder folder)
    {
        if (!File.Exists(folder.Log))
            yield break;
        var index = LogIndex.Read(folder.LogIndex);
        var last = new DateTimeOffset(File.GetLastWriteTimeUtc(folder.Log));
        using var log = new FileStream(
            folder.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var container = PlaceJson.Read(folder.Order, PlaceJson.Default.PlacedOrder)?.Enclosure == "podman";
        foreach (var (offset, text) in Lines(log, index.Gap))
            yield return new TaskLogLine(
                index.TimeOf(offset) ?? last, Control: false, container ? WithoutFrame(text) : text);
    }

    // A container's monitor frames lines: `TIME stdout F text`.
    private static string WithoutFrame(string line) =>
        line.Split(' ', 4) is [_, "stdout" or "stderr", _, var text] ? text : line;

    private static IEnumerable<(long Offset, string Text)> Lines(FileStream log, LogGap? gap)
    {
        var line = new List<byte>();
        long offset = 0, start = 0;
        for (int next; (next = log.ReadByte()) >= 0;)
        {
            offset++;
            if (next != '\n')
            {
                line.Add((byte)next);
                continue;
            }

            yield return (start, Text(line));
            line.Clear();
            if (gap is not null && offset >= gap.FromOffset && offset < gap.ToOffset)
            {
                var bytes = gap.ToOffset - gap.FromOffset;
                yield return (offset, $"... {gap.ToLine - gap.FromLine} lines ({bytes} bytes) left out ...");
                log.Position = offset = gap.ToOffset;
            }

            start = offset;
        }

        if (line.Count > 0)
            yield return (start, Text(line));
    }

    private static string Text(List<byte> line) =>
        Encoding.UTF8.GetString(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(line)).TrimEnd('\r');
}

/// <summary>A line of a task's log.</summary>
/// <param name="Time">When it was seen, UTC.</param>
/// <param name="Control">Said by the executor (`[osmo]`), not by the task.</param>
/// <param name="Text">Without its line end.</param>
public readonly record struct TaskLogLine(DateTimeOffset Time, bool Control, string Text);

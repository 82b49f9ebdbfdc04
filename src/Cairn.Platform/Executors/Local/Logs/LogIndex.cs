using System.Globalization;

namespace Cairn.Platform.Executors.Local.Logs;

/// <summary>
/// The index of a log, a text file that only grows: `T TIME OFFSET LINE` means that everything before OFFSET (LINE
/// whole lines) was there at TIME, in milliseconds of Unix time; `G FROM TO LINE LINE` means that what lies between
/// was given back, the last one counts.
/// </summary>
internal sealed class LogIndex
{
    private readonly List<(DateTimeOffset Time, long Offset, long Line)> _marks = [];
    private readonly string _path;

    private LogIndex(string path) => _path = path;

    /// <summary>How far the log is known.</summary>
    public long Offset => _marks is [.., var last] ? last.Offset : 0;

    /// <summary>Whole lines before <see cref="Offset"/>.</summary>
    public long Line => _marks is [.., var last] ? last.Line : 0;

    /// <summary>What was left out, or null.</summary>
    public LogGap? Gap { get; private set; }

    /// <summary>The index of a file; empty when there is none. A torn last line is skipped.</summary>
    public static LogIndex Read(string path)
    {
        var index = new LogIndex(path);
        if (!File.Exists(path))
            return index;
        foreach (var line in File.ReadLines(path))
        {
            var parts = line.Split(' ');
            var numbers = new List<long>();
            foreach (var part in parts.Skip(1))
                if (long.TryParse(part, CultureInfo.InvariantCulture, out var number))
                    numbers.Add(number);
            if (parts[0] == "T" && numbers is [var time, var offset, var whole])
                index._marks.Add((DateTimeOffset.FromUnixTimeMilliseconds(time), offset, whole));
            else if (parts[0] == "G" && numbers is [var from, var to, var fromLine, var toLine])
                index.Gap = new LogGap(from, to, fromLine, toLine);
        }

        return index;
    }

    /// <summary>When the byte at an offset was first seen; null when nobody looked yet.</summary>
    public DateTimeOffset? TimeOf(long offset)
    {
        var (low, high) = (0, _marks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_marks[middle].Offset > offset)
                high = middle;
            else
                low = middle + 1;
        }

        return low < _marks.Count ? _marks[low].Time : null;
    }

    /// <summary>One more mark.</summary>
    public void Add(DateTimeOffset time, long offset, long line)
    {
        _marks.Add((time, offset, line));
        File.AppendAllText(_path, $"T {time.ToUnixTimeMilliseconds()} {offset} {line}\n");
    }

    /// <summary>Something was left out.</summary>
    public void Leave(LogGap gap)
    {
        Gap = gap;
        File.AppendAllText(_path, $"G {gap.FromOffset} {gap.ToOffset} {gap.FromLine} {gap.ToLine}\n");
    }
}

/// <summary>Lines that were left out of a log.</summary>
/// <param name="FromOffset">First byte.</param>
/// <param name="ToOffset">Byte after the last.</param>
/// <param name="FromLine">First line, from 0.</param>
/// <param name="ToLine">Line after the last.</param>
internal sealed record LogGap(long FromOffset, long ToOffset, long FromLine, long ToLine);

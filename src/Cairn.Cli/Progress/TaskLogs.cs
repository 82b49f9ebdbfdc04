using System.Text;
using Cairn.Cli.Composition;
using Cairn.Engine.Programs;
using Cairn.Engine.Records;
using Cairn.Engine.Runs;
using Cairn.Platform.Secrets;

namespace Cairn.Cli.Progress;

/// <summary>Finds the log files of a run's tasks, by the effects that its records ask for.</summary>
internal sealed class TaskLogs(string stateFolder, RunUid uid, SecretMask mask)
{
    private const string Mark = "progress:";
    private const int TailBytes = 4096;
    private readonly Dictionary<string, (int Incarnation, long Effect)> _latest = new(StringComparer.Ordinal);
    private int _incarnation;

    /// <summary>Names of the tasks that were started, in the order of their first start.</summary>
    public IReadOnlyList<string> Tasks => [.. _latest.OrderBy(task => task.Value.Effect).Select(task => task.Key)];

    /// <summary>The logs of a run of which nothing was learnt yet.</summary>
    public static TaskLogs Of(Workshop workshop, RunHead run) =>
        new(workshop.Site.Project.StateFolder, run.Uid, workshop.Site.Credentials().Mask);

    /// <summary>The logs of a run that is in the journal, whole.</summary>
    public static TaskLogs Load(Workshop workshop, RunHead run)
    {
        var logs = Of(workshop, run);
        foreach (var record in workshop.Engine.History(run))
            logs.Take(run, record);
        return logs;
    }

    /// <summary>The last lines of a task's own output.</summary>
    public IReadOnlyList<string> TailOf(string task, int lines)
    {
        if (FolderOf(task) is not { } folder)
            return [];
        try
        {
            return [.. File.ReadLines(Path.Combine(folder, "output.log")).TakeLast(lines).Select(mask.Apply)];
        }
        catch (IOException)
        {
            // Pruned, or never started.
            return [];
        }
    }

    /// <summary>Learns which effects a record asked for.</summary>
    public void Take(RunHead run, Record record)
    {
        _incarnation = Math.Max(_incarnation, run.Incarnation);
        foreach (var command in record.Commands)
            if (command is Command.Asked asked)
                _latest[asked.Ask.Label] = (_incarnation, asked.Effect);
    }

    /// <summary>The effect of the newest attempt at a task, or null when it has none.</summary>
    public long? EffectOf(string task) => _latest.TryGetValue(task, out var attempt) ? attempt.Effect : null;

    /// <summary>The folder of the newest attempt at a task, or null when it has none.</summary>
    public string? FolderOf(string task)
    {
        if (!_latest.TryGetValue(task, out var attempt))
            return null;
        var tasks = Path.Combine(stateFolder, "tasks");
        var name = $"{uid}.{attempt.Incarnation}.{attempt.Effect}";
        if (!Directory.Exists(tasks))
            return null;
        // An attempt that was interrupted and handed out again has a folder of its own: name-2, name-3.
        return Directory.EnumerateDirectories(tasks, name + "*")
            .Where(path => Path.GetFileName(path) == name || Path.GetFileName(path).StartsWith(name + "-"))
            .MaxBy(path => path.Length * 4L + path[^1]);
    }

    /// <summary>What the task's last `progress:` line says; empty when there is none.</summary>
    public string ProgressOf(string task)
    {
        if (FolderOf(task) is not { } folder)
            return "";
        try
        {
            using var log = new FileStream(
                Path.Combine(folder, "output.log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            log.Seek(-Math.Min(TailBytes, log.Length), SeekOrigin.End);
            var tail = new byte[TailBytes];
            var text = Encoding.UTF8.GetString(tail, 0, log.ReadAtLeast(tail, TailBytes, throwOnEndOfStream: false));
            var at = text.LastIndexOf(Mark, StringComparison.Ordinal);
            if (at < 0)
                return "";
            var line = text[(at + Mark.Length)..];
            var end = line.IndexOf('\n', StringComparison.Ordinal);
            return mask.Apply((end < 0 ? line : line[..end]).Trim());
        }
        catch (IOException)
        {
            // No log yet, or pruned: there is nothing to say.
            return "";
        }
    }
}

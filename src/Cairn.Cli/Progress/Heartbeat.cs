using System.Globalization;

namespace Cairn.Cli.Progress;

/// <summary>
/// Plain lines for a log instead of a live table: one for each task that changed its state, and at least one every two
/// minutes while nothing changes (spec: monitoring), so that a silent stage is told from a dead one.
/// </summary>
internal sealed class Heartbeat(TextWriter talk, TimeProvider clock)
{
    /// <summary>The longest silence.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(120);

    private readonly Dictionary<string, string> _states = new(StringComparer.Ordinal);
    private readonly DateTimeOffset _began = clock.GetUtcNow();
    private DateTimeOffset _last = clock.GetUtcNow();

    /// <summary>How long until <see cref="Show"/> must be called again although nothing changed.</summary>
    public TimeSpan UntilNext => _last + LongestGap - clock.GetUtcNow();

    /// <summary>
    /// Takes a look at the run; writes what is new, or a sign of life when the silence was long enough.
    /// </summary>
    public void Show(RunSnapshot run)
    {
        var now = clock.GetUtcNow();
        foreach (var task in run.Tasks.Where(task => _states.GetValueOrDefault(task.Name) != task.State))
        {
            var isNew = !_states.ContainsKey(task.Name);
            // A task on its way to a machine is no news until something keeps it there.
            if (task is { IsInQueue: true, Note.Length: 0 })
                continue;
            _states[task.Name] = task.State;
            // Tasks that only wait for others are the beginning, not news.
            if (!isNew || task.IsLive || task.IsOver || task.IsInQueue)
                Line(now, $"{task.Name} {task.State}{(task.Note.Length > 0 ? ": " + task.Note : "")}");
        }

        if (now - _last >= LongestGap)
            Line(now, SignOfLife(run));
    }

    private static string SignOfLife(RunSnapshot run)
    {
        var counts = run.Tasks.CountBy(task => task.State).Select(state => $"{state.Value} {state.Key}");
        var live = run.Tasks.FirstOrDefault(task => task is { IsLive: true, Note.Length: > 0 });
        var last = live is null ? run.WaitingFor ?? "" : $"{live.Name}: {live.Note}";
        return $"{run.Id} {run.State} ({string.Join(", ", counts)}){(last.Length > 0 ? " " + last : "")}, "
            + string.Create(CultureInfo.InvariantCulture, $"next word in {LongestGap.TotalSeconds:0}s at the latest");
    }

    private void Line(DateTimeOffset now, string text)
    {
        talk.WriteLine($"[{Elapsed.Text(now - _began)}] {text}");
        _last = now;
    }
}

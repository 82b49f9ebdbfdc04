using System.Text.Json;
using Cairn.Cli.Composition;
using Cairn.Cli.Runs;
using Cairn.Engine.Hosting;
using Cairn.Engine.Runs;
using Spectre.Console;

namespace Cairn.Cli.Progress;

/// <summary>
/// Follows a run until it ends or stands still, and shows it: as a live table on a terminal, as plain lines elsewhere.
/// </summary>
internal sealed class RunWatcher(Frame frame, Workshop workshop)
{
    private static readonly TimeSpan DrawEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private readonly DateTimeOffset _began = frame.Clock.GetUtcNow();
    private RunSnapshot? _shown;
    private RunHead? _head;
    private IReadOnlyDictionary<long, string?> _places = new Dictionary<long, string?>();
    private long _asked;
    private long _changes;
    private long _seen = -1;

    /// <summary>
    /// Returns the run's head when it has ended or is parked. <paramref name="isParked"/>: the run stands still now,
    /// and a resume is on its way.
    /// </summary>
    public async Task<RunHead> FollowAsync(RunHead run, bool isParked, CancellationToken stop)
    {
        _head = run;
        var logs = TaskLogs.Of(workshop, run);
        var watching = WatchAsync(run, isParked, logs, stop);
        if (frame.Terminal.IsInteractive)
            await DrawAsync(run, watching, logs, stop);
        else
            await SpeakAsync(run, watching, logs, stop);
        await watching;
        return workshop.Engine.Journal.Find(run.Row) ?? _head;
    }

    private async Task WatchAsync(RunHead run, bool isParked, TaskLogs logs, CancellationToken stop)
    {
        await foreach (var change in workshop.Engine.WatchAsync(run, 0, stop))
        {
            lock (logs)
                logs.Take(change.Run, change.Record);
            Volatile.Write(ref _head, change.Run);
            Interlocked.Increment(ref _changes);
            isParked &= change.Run.Parked != Parked.No;
            if (!change.Run.IsOpen || (change.Run.Parked != Parked.No && !isParked))
                return;
        }
    }

    private Task DrawAsync(RunHead run, Task watching, TaskLogs logs, CancellationToken stop) =>
        frame.Terminal.Talk.Live(new Text("")).StartAsync(async live =>
        {
            using var timer = new PeriodicTimer(DrawEvery, frame.Clock);
            do
            {
                await AskPlacesAsync(run, stop);
                live.UpdateTarget(LiveTable.Of(Look(logs), _began, frame.Clock.GetUtcNow()));
                live.Refresh();
            }
            while (await NextAsync(timer, watching, stop));
            live.UpdateTarget(LiveTable.Of(Look(logs), _began, frame.Clock.GetUtcNow()));
            live.Refresh();
        });

    private async Task SpeakAsync(RunHead run, Task watching, TaskLogs logs, CancellationToken stop)
    {
        var heartbeat = new Heartbeat(frame.Terminal.Error, frame.Clock);
        using var timer = new PeriodicTimer(LookEvery, frame.Clock);
        do
        {
            await AskPlacesAsync(run, stop);
            heartbeat.Show(Look(logs));
        }
        while (await NextAsync(timer, watching, stop));
        heartbeat.Show(Look(logs));
    }

    private async Task<bool> NextAsync(PeriodicTimer timer, Task watching, CancellationToken stop)
    {
        var failed = workshop.Engine.Ended;
        var tick = timer.WaitForNextTickAsync(stop).AsTask();
        var first = await Task.WhenAny(watching, failed, tick);
        if (first == failed)
            await failed;
        return first == tick && await tick;
    }

    /// <summary>
    /// Asks the owner what keeps tasks in a queue; only while some stand there from one look to the next, and not
    /// oftener than once a second.
    /// </summary>
    private async Task AskPlacesAsync(RunHead run, CancellationToken stop)
    {
        if (_shown?.Tasks.Any(task => task.IsInQueue) != true || frame.Clock.GetElapsedTime(_asked) < LookEvery)
            return;
        _asked = frame.Clock.GetTimestamp();
        try
        {
            _places = await workshop.Engine.PlacesAsync(run).WaitAsync(stop);
        }
        catch (EngineBusyException)
        {
            // The engine has stopped; whoever waits for the run learns it elsewhere.
            _places = new Dictionary<long, string?>();
        }
    }

    private string WaitOf(TaskSnapshot task, TaskLogs logs) =>
        logs.EffectOf(task.Name) is { } effect && _places.GetValueOrDefault(effect) is { } reason ? reason : "";

    /// <summary>The run now. Its tasks are described again only when something was committed.</summary>
    private RunSnapshot Look(TaskLogs logs)
    {
        var changes = Interlocked.Read(ref _changes);
        var head = Volatile.Read(ref _head)!;
        if (_shown is null || changes != _seen)
        {
            _seen = changes;
            var document = RunDocument.Of(head, head.IsOpen ? workshop.Engine.Describe(head) : head.Result);
            _shown = SnapshotOf(document);
        }

        lock (logs)
            return _shown with
            {
                Tasks = [.. _shown.Tasks.Select(task =>
                    task.IsLive && logs.ProgressOf(task.Name) is { Length: > 0 } progress
                        ? task with { Note = progress }
                        : task.IsInQueue ? task with { Note = WaitOf(task, logs) } : task)],
            };
    }

    private static RunSnapshot SnapshotOf(RunDocument run) => new(
        run.Id,
        run.State,
        run.Tasks is { } tasks ? [.. tasks.EnumerateArray().Select(TaskOf)] : [],
        run.WaitingFor);

    private static TaskSnapshot TaskOf(JsonElement task) => new(
        TaskFields.Text(task, "name"),
        TaskFields.Text(task, "state"),
        TaskFields.Time(task, "started"),
        TaskFields.Time(task, "ended"),
        TaskFields.Text(task, "waiting_for") is { Length: > 0 } waits
            ? "waits for " + waits
            : TaskFields.Text(task, "reason"));
}

using System.Collections.Concurrent;
using System.Text.Json;
using Cairn.Cli.Composition;
using Cairn.Cli.Runs;
using Cairn.Engine.Hosting;
using Cairn.Engine.Runs;
using Cairn.Flows.Program;
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
    private readonly ConcurrentQueue<FlowLine> _lines = new();
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
            foreach (var line in FlowLines.Of(change.Record))
                _lines.Enqueue(line);
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
                Say(line => frame.Terminal.Talk.Write(new Text(line + "\n")));
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
            Say(frame.Terminal.Error.WriteLine);
            heartbeat.Show(Look(logs));
        }
        while (await NextAsync(timer, watching, stop));
        Say(frame.Terminal.Error.WriteLine);
        heartbeat.Show(Look(logs));
    }

    /// <summary>The log lines of a flow that came since the last look.</summary>
    private void Say(Action<string> write)
    {
        while (_lines.TryDequeue(out var line))
            write(line.ForPeople());
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
        run.Tasks is { } tasks ? [.. tasks.EnumerateArray().Select(TaskOf)]
            : run.Steps is { } steps ? [.. steps.EnumerateArray().Select(StepOf)]
            : [],
        run.WaitingFor)
    {
        IsFlow = run.Kind == FlowFamily.Word,
    };

    private static TaskSnapshot StepOf(JsonElement step)
    {
        var routine = TaskFields.Text(step, "routine");
        var name = TaskFields.Text(step, "name");
        var count = TaskFields.Text(step, "count");
        var note = TaskFields.Text(step, "waiting_for") is { Length: > 0 } waits ? "waits for " + waits
            : count is "" or "1" ? ""
            : $"{count} times";
        return new TaskSnapshot(
            routine.Length > 0 ? $"{routine}.{name}" : name,
            TaskFields.Text(step, "state"),
            TaskFields.Time(step, "started"),
            TaskFields.Time(step, "ended"),
            note);
    }

    private static TaskSnapshot TaskOf(JsonElement task) => new(
        TaskFields.Text(task, "name"),
        TaskFields.Text(task, "state"),
        TaskFields.Time(task, "started"),
        TaskFields.Time(task, "ended"),
        TaskFields.Text(task, "waiting_for") is { Length: > 0 } waits
            ? "waits for " + waits
            : TaskFields.Text(task, "reason"));
}

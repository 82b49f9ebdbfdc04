using Cairn.Engine.Programs;

namespace Cairn.Graphs.Program;

/// <summary>
/// The timers of spec/osmo.md 3.6. Queue: from a group's asking until its first task is accepted. Exec: from the
/// group's RUNNING to its end. Start: while one attempt is initialising.
/// </summary>
internal sealed class Clocks(GraphDefinition definition)
{
    private const string Queue = "queue:";
    private const string Exec = "exec:";
    private const string Start = "start:";

    /// <summary>Seconds that a group may run.</summary>
    public double ExecSeconds { get; } = Effective(
        definition.Spec.ExecTimeoutSeconds,
        definition.Pool.DefaultExecTimeoutSeconds,
        definition.Pool.MaxExecTimeoutSeconds);

    /// <summary>Seconds that a group may wait for capacity.</summary>
    public double QueueSeconds { get; } = Effective(
        definition.Spec.QueueTimeoutSeconds,
        definition.Pool.DefaultQueueTimeoutSeconds,
        definition.Pool.MaxQueueTimeoutSeconds);

    /// <summary>A group was asked for.</summary>
    public void Queued(GroupState group, Turn turn) => Set(turn, Queue + group.Group.Name, QueueSeconds);

    /// <summary>A machine has taken the group.</summary>
    public static void Accepted(GroupState group, Turn turn) => turn.ClearTimer(Queue + group.Group.Name);

    /// <summary>A group began to run.</summary>
    public void Running(GroupState group, Turn turn) => Set(turn, Exec + group.Group.Name, ExecSeconds);

    /// <summary>An attempt's place is being prepared.</summary>
    public void Initializing(TaskState task, Turn turn) =>
        Set(turn, Start + task.Task.Name, definition.Pool.StartTimeoutSeconds);

    /// <summary>An attempt is prepared, or has ended before it was.</summary>
    public static void Prepared(TaskState task, Turn turn)
    {
        if (task.Status == TaskStatus.Initializing)
            turn.ClearTimer(Start + task.Task.Name);
    }

    /// <summary>A group ended: its timers go.</summary>
    public static void Ended(GroupState group, Turn turn)
    {
        if (group.Status == TaskStatus.Scheduling)
            turn.ClearTimer(Queue + group.Group.Name);
        if (group.Status == TaskStatus.Running)
            turn.ClearTimer(Exec + group.Group.Name);
    }

    /// <summary>What a timer was for, and the name of its group or task.</summary>
    public static (ClockKind Kind, string Name) Read(string timer)
    {
        var name = timer[(timer.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (timer.StartsWith(Queue, StringComparison.Ordinal))
            return (ClockKind.Queue, name);
        return (timer.StartsWith(Exec, StringComparison.Ordinal) ? ClockKind.Exec : ClockKind.Start, name);
    }

    /// <summary>Zero counts as unset; what is above the maximum is clamped without a word (spec/osmo.md 1.4).</summary>
    private static double Effective(double? written, double fallback, double most) =>
        Math.Min(written is null or 0 ? fallback : written.Value, most);

    private static void Set(Turn turn, string timer, double seconds)
    {
        var most = (DateTimeOffset.MaxValue - turn.Now).TotalSeconds - 1;
        turn.SetTimer(timer, turn.Now.AddSeconds(Math.Clamp(seconds, 0, most)));
    }
}

/// <summary>What a timer was for.</summary>
internal enum ClockKind
{
    /// <summary>Waiting for capacity.</summary>
    Queue,

    /// <summary>Running.</summary>
    Exec,

    /// <summary>Initialising.</summary>
    Start,
}

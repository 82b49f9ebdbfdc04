using Cairn.Graphs.Spec;
using Cairn.Graphs.Tasks;

namespace Cairn.Graphs.Program;

/// <summary>One task of a run: its newest attempt, and the attempts before it.</summary>
internal sealed class TaskState(GraphTask task, GroupState group)
{
    private bool _waits;

    /// <summary>What it runs.</summary>
    public GraphTask Task { get; } = task;

    /// <summary>The group that it belongs to.</summary>
    public GroupState Group { get; } = group;

    /// <summary>Where the newest attempt is.</summary>
    public TaskStatus Status { get; set; }

    /// <summary>How far a live attempt is, in its executor's words; null before the first word.</summary>
    public TaskPhase? Phase { get; set; }

    /// <summary>What its executor says that a live attempt waits for; empty for nothing.</summary>
    public string WaitsFor { get; set; } = "";

    /// <summary>Number of the newest attempt, from 0.</summary>
    public int RetryId { get; set; }

    /// <summary>Sequence of the newest attempt's effect; 0 before the first is asked for.</summary>
    public long Effect { get; set; }

    /// <summary>Whether its name is in the group's barrier set.</summary>
    public bool AtBarrier { get; set; }

    /// <summary>Whether it was told to go since it last came to the barrier.</summary>
    public bool Gone { get; set; }

    /// <summary>Whether it stands at the barrier and was not told to go; its group counts these.</summary>
    public bool Waits
    {
        get => _waits;
        set
        {
            Group.WaitingTasks += (value ? 1 : 0) - (_waits ? 1 : 0);
            _waits = value;
        }
    }

    /// <summary>Messages sent to the newest attempt.</summary>
    public int Messages { get; set; }

    /// <summary>What the newest attempt ended with.</summary>
    public int? ExitCode { get; set; }

    /// <summary>Why it is as it is, for people.</summary>
    public string Reason { get; set; } = "";

    /// <summary>When the newest attempt began to run.</summary>
    public DateTimeOffset? Started { get; set; }

    /// <summary>When the newest attempt ended.</summary>
    public DateTimeOffset? Ended { get; set; }

    /// <summary>The run whose outputs it took instead of running.</summary>
    public string? ReusedFrom { get; set; }

    /// <summary>What stood in for its image.</summary>
    public string? ReplacedImage { get; set; }

    /// <summary>Attempts that were rescheduled, oldest first; null before the first.</summary>
    public List<PastAttempt>? Past { get; set; }

    /// <summary>Whether it may have begun its command, so that a restart means anything.</summary>
    public bool MayHaveBegun => Status == TaskStatus.Running && (Group.HasBarrier ? Gone : Phase >= TaskPhase.Running);
}

/// <summary>An attempt that was rescheduled.</summary>
internal sealed record PastAttempt(
    int RetryId, int ExitCode, string Reason, DateTimeOffset? Started, DateTimeOffset? Ended);

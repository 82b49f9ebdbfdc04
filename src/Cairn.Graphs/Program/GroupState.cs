using Cairn.Graphs.Spec;

namespace Cairn.Graphs.Program;

/// <summary>One group of a run, with counts that keep an event from looking at all its tasks.</summary>
internal sealed class GroupState
{
    /// <summary>A group that has not begun.</summary>
    public GroupState(GraphGroup group)
    {
        Group = group;
        Tasks = group.Tasks.Select(task => new TaskState(task, this)).ToArray();
        Lead = Array.Find(Tasks, task => task.Task.Lead) ?? Tasks[0];
        Unfinished = Tasks.Length;
    }

    /// <summary>What it is.</summary>
    public GraphGroup Group { get; }

    /// <summary>Its tasks, in order.</summary>
    public TaskState[] Tasks { get; }

    /// <summary>The one that decides.</summary>
    public TaskState Lead { get; }

    /// <summary>Groups that read what this one writes, in order.</summary>
    public List<GroupState> Downstream { get; } = [];

    /// <summary>Groups that it reads from, in order.</summary>
    public List<GroupState> Upstream { get; } = [];

    /// <summary>Groups upstream that have not completed.</summary>
    public int UpstreamLeft { get; set; }

    /// <summary>Where it is.</summary>
    public TaskStatus Status { get; set; }

    /// <summary>Tasks whose newest attempt has not ended.</summary>
    public int Unfinished { get; set; }

    /// <summary>Tasks in the barrier set (spec/osmo.md 3.8).</summary>
    public int AtBarrier { get; set; }

    /// <summary>Tasks that stand at the barrier and were not told to go.</summary>
    public int WaitingTasks { get; set; }

    /// <summary>Why it is as it is, for people.</summary>
    public string Reason { get; set; } = "";

    /// <summary>When it began to run.</summary>
    public DateTimeOffset? Started { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? Ended { get; set; }

    /// <summary>Whether commands wait for each other.</summary>
    public bool HasBarrier => Group.Barrier && Tasks.Length > 1;
}

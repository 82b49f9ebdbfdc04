using Cairn.Engine.Programs;
using Cairn.Graphs.Tasks;

namespace Cairn.Graphs.Program;

/// <summary>
/// What happens in a group when one of its tasks moves: lead, ignoreNonleadStatus and reschedule (spec/osmo.md 3.4),
/// barriers (3.8), the group's own status (3.5).
/// </summary>
internal sealed class GroupRules(GraphState state, Clocks clocks, TaskOrders orders)
{
    /// <summary>Asks for all tasks of a group at once.</summary>
    public void Launch(GroupState group, Turn turn)
    {
        state.Move(group, TaskStatus.Scheduling);
        foreach (var task in group.Tasks)
            Ask(task, turn);
        clocks.Queued(group, turn);
    }

    /// <summary>A machine has taken a task.</summary>
    public void Initializing(TaskState task, Turn turn)
    {
        if (task.Status >= TaskStatus.Initializing)
            return;
        task.Status = TaskStatus.Initializing;
        clocks.Initializing(task, turn);
        if (task.Group.Status != TaskStatus.Scheduling)
            return;
        Clocks.Accepted(task.Group, turn);
        state.Move(task.Group, TaskStatus.Initializing);
    }

    /// <summary>A task's executor says how far it is.</summary>
    public void Progressed(TaskState task, TaskProgress progress, Turn turn)
    {
        var phase = progress.Phase;
        Initializing(task, turn);
        (task.Phase, task.WaitsFor) = (phase, progress.Message ?? "");
        if (phase == TaskPhase.Initializing)
            return;
        if (task.Status == TaskStatus.Initializing)
        {
            Clocks.Prepared(task, turn);
            task.Status = TaskStatus.Running;
            task.Started ??= turn.Now;
            Running(task.Group, turn);
        }

        if (phase == TaskPhase.Ready && task.Group.HasBarrier)
            Arrive(task, turn);
    }

    /// <summary>An attempt ended, with all that this means for the group.</summary>
    public void Ended(TaskState task, Verdict verdict, Turn turn)
    {
        var group = task.Group;
        if (group.Status == TaskStatus.Scheduling)
            Clocks.Accepted(group, turn);
        Finish(task, verdict.Status, verdict.ExitCode, verdict.Reason, turn);
        if (verdict.Status == TaskStatus.Rescheduled)
        {
            Running(group, turn);
            Reschedule(task, turn);
            return;
        }

        if (task == group.Lead)
            End(group, Plain(verdict.Status), "Lead task finished", turn);
        else if (verdict.Status.IsFailure() && !group.Group.IgnoreNonleadStatus)
            End(group, TaskStatus.Failed, $"Task {task.Task.Name} Failed.", turn);
        if (group.Unfinished == 0)
            Close(group, Aggregate(group), verdict.Reason, turn);
        else
            StillRunning(task, turn);
    }

    /// <summary>Ends a group and its unfinished tasks with one status, for cancel, timeouts, upstream.</summary>
    public void EndAll(GroupState group, TaskStatus status, int? code, string reason, TaskVerb verb, Turn turn)
    {
        foreach (var task in group.Tasks)
        {
            if (task.Status.IsEnd())
                continue;
            Finish(task, status, code, reason, turn);
            Stop(task, verb, turn);
        }

        Close(group, status, reason, turn);
    }

    /// <summary>Takes a task back to its queue: its attempt was interrupted and will be handed out again.</summary>
    public static void Requeue(TaskState task, Turn turn)
    {
        Clocks.Prepared(task, turn);
        Leave(task);
        task.Status = TaskStatus.Scheduling;
        (task.Phase, task.WaitsFor) = (null, "");
        task.Gone = false;
        task.Waits = false;
    }

    /// <summary>Tells a live effect to end.</summary>
    public void Stop(TaskState task, TaskVerb verb, Turn turn)
    {
        if (task.Effect > 0 && state.Task(task.Effect) == task)
            Tell(task, verb, turn);
    }

    private void StillRunning(TaskState task, Turn turn)
    {
        Running(task.Group, turn);
        // A finished member is waited for no longer (3.8).
        Leave(task);
        Open(task.Group, turn);
    }

    private void Running(GroupState group, Turn turn)
    {
        if (group.Status >= TaskStatus.Running)
            return;
        state.Move(group, TaskStatus.Running);
        group.Started = turn.Now;
        clocks.Running(group, turn);
    }

    private void Ask(TaskState task, Turn turn)
    {
        var effect = turn.Ask(orders.Ask(task));
        task.Status = TaskStatus.Scheduling;
        task.Effect = effect;
        state.Add(effect, task);
    }

    private static void Finish(TaskState task, TaskStatus status, int? code, string reason, Turn turn)
    {
        Clocks.Prepared(task, turn);
        task.Status = status;
        (task.Phase, task.WaitsFor) = (null, "");
        task.Waits = false;
        task.ExitCode = code;
        task.Reason = reason;
        task.Ended = turn.Now;
        task.Group.Unfinished--;
    }

    /// <summary>Followers of a lead that failed for any reason are just FAILED.</summary>
    private static TaskStatus Plain(TaskStatus status) =>
        status.IsFailure() ? TaskStatus.Failed : TaskStatus.Completed;

    /// <summary>The others get the deciding task's status; their places are cleaned up.</summary>
    private void End(GroupState group, TaskStatus status, string reason, Turn turn)
    {
        foreach (var other in group.Tasks)
        {
            if (other.Status.IsEnd())
                continue;
            Finish(other, status, null, reason, turn);
            Stop(other, TaskVerb.Stop, turn);
        }
    }

    private void Close(GroupState group, TaskStatus status, string reason, Turn turn)
    {
        Clocks.Ended(group, turn);
        state.Move(group, status);
        group.Ended = turn.Now;
        group.Reason = status == TaskStatus.Completed ? "" : reason;
        foreach (var task in group.Tasks)
            task.AtBarrier = false;
        group.AtBarrier = 0;
    }

    private void Reschedule(TaskState task, Turn turn)
    {
        var group = task.Group;
        var restartsOthers = task == group.Lead || !group.Group.IgnoreNonleadStatus;
        NextAttempt(task, turn);
        if (!restartsOthers)
            return;
        foreach (var other in group.Tasks)
        {
            if (other == task || other.Status.IsEnd())
                continue;
            if (other.MayHaveBegun)
            {
                Tell(other, TaskVerb.Restart, turn);
                (other.Gone, other.Phase) = (false, TaskPhase.Downloading);
            }
        }

        ClearBarrier(group);
    }

    private void NextAttempt(TaskState task, Turn turn)
    {
        (task.Past ??= []).Add(
            new PastAttempt(task.RetryId, task.ExitCode ?? 0, task.Reason, task.Started, task.Ended));
        task.RetryId++;
        (task.Gone, task.Messages, task.ExitCode, task.Reason) = (false, 0, null, "");
        (task.Started, task.Ended) = (null, null);
        task.Group.Unfinished++;
        Ask(task, turn);
    }

    private static void Arrive(TaskState task, Turn turn)
    {
        (task.Gone, task.Waits) = (false, true);
        if (!task.AtBarrier)
        {
            task.AtBarrier = true;
            task.Group.AtBarrier++;
        }

        Open(task.Group, turn);
    }

    private static void Leave(TaskState task)
    {
        if (!task.AtBarrier)
            return;
        task.AtBarrier = false;
        task.Group.AtBarrier--;
    }

    /// <summary>The set is emptied; who waits at that moment stands in the new one.</summary>
    private static void ClearBarrier(GroupState group)
    {
        group.AtBarrier = 0;
        foreach (var task in group.Tasks)
        {
            task.AtBarrier = task.Waits;
            if (task.AtBarrier)
                group.AtBarrier++;
        }
    }

    /// <summary>
    /// Opens the barrier when as many are at it as have not ended. Opening does not empty the set, so that a retried
    /// member passes at once.
    /// </summary>
    private static void Open(GroupState group, Turn turn)
    {
        if (group.WaitingTasks == 0 || group.AtBarrier < group.Unfinished)
            return;
        foreach (var task in group.Tasks)
        {
            if (!task.Waits)
                continue;
            (task.Gone, task.Waits) = (true, false);
            Tell(task, TaskVerb.Go, turn);
        }
    }

    private static void Tell(TaskState task, TaskVerb verb, Turn turn) =>
        turn.Tell(task.Effect, TaskJson.Write(new TaskMessage(verb, ++task.Messages)));

    /// <summary>The group's status once all its tasks have ended; the first rule that matches.</summary>
    private static TaskStatus Aggregate(GroupState group)
    {
        foreach (var status in (TaskStatus[])
            [TaskStatus.FailedUpstream, TaskStatus.FailedServerError, TaskStatus.FailedPreempted])
            if (Array.Exists(group.Tasks, task => task.Status == status))
                return status;
        TaskState[] considered = group.Group.IgnoreNonleadStatus ? [group.Lead] : group.Tasks;
        if (Array.Exists(considered, task => task.Status == TaskStatus.FailedEvicted))
            return TaskStatus.FailedEvicted;
        return Array.Exists(considered, task => task.Status.IsFailure()) ? TaskStatus.Failed : TaskStatus.Completed;
    }
}

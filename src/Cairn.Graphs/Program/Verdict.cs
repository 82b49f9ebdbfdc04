using System.Diagnostics;
using Cairn.Graphs.Spec;
using Cairn.Graphs.Tasks;

namespace Cairn.Graphs.Program;

/// <summary>What an attempt's end means once exit codes and exit actions are read (spec/osmo.md 3.3).</summary>
internal sealed record Verdict(TaskStatus Status, int ExitCode, string Reason)
{
    /// <summary>
    /// The verdict on a status and code: the task's own actions first, then the pool's. Of overlapping actions the
    /// order FAIL, COMPLETE, RESCHEDULE decides, which is how the original's database keeps them.
    /// </summary>
    public static Verdict Of(TaskStatus status, int code, string reason, TaskState task, GraphPool pool)
    {
        var action = First(task.Task.ExitActions, code) ?? First(pool.DefaultExitActions, code);
        if (action is null)
            return new Verdict(
                status, code, reason.Length == 0 && status == TaskStatus.Failed ? $"Exit code {code}" : reason);
        if (action.Verb == ExitVerb.RESCHEDULE && task.RetryId >= pool.MaxRetryPerTask)
            return new Verdict(
                status, code, With(reason, $"No exit action applied due to retry limit {pool.MaxRetryPerTask}."));
        var changed = action.Verb switch
        {
            ExitVerb.FAIL => TaskStatus.Failed,
            ExitVerb.COMPLETE => TaskStatus.Completed,
            ExitVerb.RESCHEDULE => TaskStatus.Rescheduled,
            _ => throw new UnreachableException(),
        };
        return new Verdict(
            changed, code, With(reason, $"Exit Action: {action.Verb} the task for exit code {code}."));
    }

    /// <summary>The status that a result has before any exit action.</summary>
    public static TaskStatus StatusOf(TaskResult result) => result.Ending switch
    {
        TaskEnding.Exited => result.ExitCode == 0 ? TaskStatus.Completed : TaskStatus.Failed,
        TaskEnding.Signaled or TaskEnding.DownloadFailed or TaskEnding.UploadFailed or TaskEnding.Stopped =>
            TaskStatus.Failed,
        TaskEnding.OutOfMemory => TaskStatus.FailedEvicted,
        TaskEnding.Lost => TaskStatus.FailedBackendError,
        TaskEnding.ImagePull => TaskStatus.FailedImagePull,
        TaskEnding.StartError => TaskStatus.FailedStartError,
        _ => throw new UnreachableException(),
    };

    private static ExitAction? First(IReadOnlyList<ExitAction> actions, int code)
    {
        foreach (var verb in (ExitVerb[])[ExitVerb.FAIL, ExitVerb.COMPLETE, ExitVerb.RESCHEDULE])
            foreach (var action in actions)
                if (action.Verb == verb && action.Matches(code))
                    return action;
        return null;
    }

    private static string With(string reason, string sentence) =>
        reason.Length == 0 ? sentence : $"{reason} {sentence}";
}

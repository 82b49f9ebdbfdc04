using System.Diagnostics;

namespace Cairn.Graphs.Program;

/// <summary>Where a task or group is (spec/osmo.md 3.5); a status only ever moves down this list.</summary>
internal enum TaskStatus
{
    /// <summary>A group upstream has not completed.</summary>
    Waiting,

    /// <summary>Asked for; no machine has taken it.</summary>
    Scheduling,

    /// <summary>A machine has taken it and prepares its place.</summary>
    Initializing,

    /// <summary>Inputs, barrier, command, outputs.</summary>
    Running,

    /// <summary>Ended well.</summary>
    Completed,

    /// <summary>Ended, and a new attempt takes its place. Tasks only.</summary>
    Rescheduled,

    /// <summary>Ended badly.</summary>
    Failed,

    /// <summary>Somebody cancelled the run.</summary>
    FailedCanceled,

    /// <summary>The server failed it.</summary>
    FailedServerError,

    /// <summary>Its machine failed it.</summary>
    FailedBackendError,

    /// <summary>It ran longer than allowed.</summary>
    FailedExecTimeout,

    /// <summary>It waited for capacity longer than allowed.</summary>
    FailedQueueTimeout,

    /// <summary>Its image could not be had.</summary>
    FailedImagePull,

    /// <summary>A group that it needs did not complete.</summary>
    FailedUpstream,

    /// <summary>Taken off its machine, for memory most often.</summary>
    FailedEvicted,

    /// <summary>Its command could not be started.</summary>
    FailedStartError,

    /// <summary>Its place was not ready in time.</summary>
    FailedStartTimeout,

    /// <summary>More important work took its place.</summary>
    FailedPreempted,
}

/// <summary>What a status means and how it is written.</summary>
internal static class TaskStatusWords
{
    /// <summary>Whether nothing follows it in this attempt.</summary>
    public static bool IsEnd(this TaskStatus status) => status >= TaskStatus.Completed;

    /// <summary>Whether it ended otherwise than it should.</summary>
    public static bool IsFailure(this TaskStatus status) => status >= TaskStatus.Failed;

    /// <summary>The original's word.</summary>
    public static string Word(this TaskStatus status) => status switch
    {
        TaskStatus.Waiting => "WAITING",
        TaskStatus.Scheduling => "SCHEDULING",
        TaskStatus.Initializing => "INITIALIZING",
        TaskStatus.Running => "RUNNING",
        TaskStatus.Completed => "COMPLETED",
        TaskStatus.Rescheduled => "RESCHEDULED",
        TaskStatus.Failed => "FAILED",
        TaskStatus.FailedCanceled => "FAILED_CANCELED",
        TaskStatus.FailedServerError => "FAILED_SERVER_ERROR",
        TaskStatus.FailedBackendError => "FAILED_BACKEND_ERROR",
        TaskStatus.FailedExecTimeout => "FAILED_EXEC_TIMEOUT",
        TaskStatus.FailedQueueTimeout => "FAILED_QUEUE_TIMEOUT",
        TaskStatus.FailedImagePull => "FAILED_IMAGE_PULL",
        TaskStatus.FailedUpstream => "FAILED_UPSTREAM",
        TaskStatus.FailedEvicted => "FAILED_EVICTED",
        TaskStatus.FailedStartError => "FAILED_START_ERROR",
        TaskStatus.FailedStartTimeout => "FAILED_START_TIMEOUT",
        TaskStatus.FailedPreempted => "FAILED_PREEMPTED",
        _ => throw new UnreachableException(),
    };
}

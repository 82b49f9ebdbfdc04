using System.Text.Json.Serialization;

namespace Cairn.Graphs.Tasks;

/// <summary>What an executor says while a task lives (the state of a progress report).</summary>
/// <param name="Phase">Where it is.</param>
/// <param name="Message">What it waits for, as `runs show` says it after "waits for"; null for nothing.</param>
public sealed record TaskProgress(TaskPhase Phase, string? Message = null);

/// <summary>Where a live task is, in order.</summary>
public enum TaskPhase
{
    /// <summary>Admitted; its place is being made, its image fetched.</summary>
    Initializing,

    /// <summary>Inputs are being brought.</summary>
    Downloading,

    /// <summary>Inputs are there; with a barrier it waits for `go` now.</summary>
    Ready,

    /// <summary>The command runs.</summary>
    Running,

    /// <summary>The command ended; outputs are being taken away.</summary>
    Uploading,
}

/// <summary>How a task ended (the result of its effect).</summary>
public sealed record TaskResult
{
    /// <summary>What happened.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required TaskEnding Ending { get; init; }

    /// <summary>The code of spec/osmo.md 3.3: the command's own 0-255, or one of the table.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int ExitCode { get; init; }

    /// <summary>One sentence for people; empty for a plain success.</summary>
    public string Message { get; init; } = "";

    /// <summary>Signal number when it died of one, else 0.</summary>
    public int Signal { get; init; }

    /// <summary>Largest resident memory seen, bytes, or 0 when it could not be measured.</summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>Start of the command, UTC, or null when it never started.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>End of the command, UTC.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The id of the run whose outputs were taken instead of running (`--reuse`), or null.</summary>
    public string? ReusedFrom { get; init; }

    /// <summary>The image entry that replaced the image, or null: `host pipelines/vda/cpu`.</summary>
    public string? ReplacedImage { get; init; }
}

/// <summary>Why a task ended.</summary>
public enum TaskEnding
{
    /// <summary>The command ended by itself, with its exit code.</summary>
    Exited,

    /// <summary>The command died of a signal.</summary>
    Signaled,

    /// <summary>The kernel killed it for memory: FAILED_EVICTED, 3004.</summary>
    OutOfMemory,

    /// <summary>Its machine or sandbox is gone: it was running, and nothing of it is left. 3001.</summary>
    Lost,

    /// <summary>Its image could not be had: FAILED_IMAGE_PULL, 301 or 302.</summary>
    ImagePull,

    /// <summary>It could not be started: FAILED_START_ERROR, 3003.</summary>
    StartError,

    /// <summary>Inputs could not be brought: 2010.</summary>
    DownloadFailed,

    /// <summary>Outputs could not be taken away: 2012.</summary>
    UploadFailed,

    /// <summary>The program told it to stop.</summary>
    Stopped,
}

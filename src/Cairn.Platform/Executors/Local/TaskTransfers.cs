using Cairn.Platform.Stores.Transfers;

namespace Cairn.Platform.Executors.Local;

/// <summary>
/// How a task's data comes and goes: the edge to the stores. Both directions keep the layouts of spec/osmo.md 4.2 and
/// 4.3 and may be repeated after a crash.
/// </summary>
public sealed record TaskTransfers
{
    /// <summary>Brings what is under a URL into a folder. Nothing there is a warning, not an error.</summary>
    public required Func<TransferRequest, CancellationToken, Task<TransferResult>> Download { get; init; }

    /// <summary>Takes a local path away to a URL.</summary>
    public required Func<TransferRequest, CancellationToken, Task<TransferResult>> Upload { get; init; }

    /// <summary>The URL of a task's intermediate data, by the run's id and the task's name.</summary>
    public required Func<string, string, string> Intermediate { get; init; }

    /// <summary>Transfers over the stores of a project; intermediate data lies below the state folder, by
    /// run.</summary>
    /// <param name="transfers">The stores' transfers.</param>
    /// <param name="home">The state folder, absolute.</param>
    /// <param name="compile">A start-anchored matcher for a Python regex.</param>
    public static TaskTransfers Over(
        StoreTransfers transfers, string home, Func<string, Func<string, bool>> compile) => new()
        {
            Download = (request, cancel) => transfers.Download(
                request.Url, request.Regex is { } regex ? compile(regex) : null, request.Local,
                FileSharing.LinkReadOnly, cancel),
            Upload = (request, cancel) => transfers.Upload(
                UploadSource.Parse(request.Local), request.Url, request.Regex is { } regex ? compile(regex) : null,
                new UploadTerms { EffectKey = request.Effect, Final = request.Settled, Seen = request.Seen }, cancel),
            Intermediate = (workflow, task) => $"file://{home}/data/{workflow}/{task}",
        };
}

/// <summary>One transfer.</summary>
/// <param name="Url">The far side.</param>
/// <param name="Local">Absolute; for an upload a file, a folder, or `folder/*` for its contents.</param>
/// <param name="Regex">Python `match` on the relative key, or null for all.</param>
/// <param name="Effect">The key of the effect and of the place in it: a store write repeated is recognised by
/// it.</param>
public sealed record TransferRequest(string Url, string Local, string? Regex, string Effect)
{
    /// <summary>Nobody writes to the local files any more: they may be linked instead of copied.</summary>
    public bool Settled { get; init; }

    /// <summary>How the task saw its folders: a symbolic link is read as the task meant it.</summary>
    public IReadOnlyList<SeenFolder> Seen { get; init; } = [];
}

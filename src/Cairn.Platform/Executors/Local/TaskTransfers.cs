namespace Cairn.Platform.Executors.Local;

/// <summary>
/// How a task's data comes and goes: the edge to the stores. Both directions keep the layouts of spec/osmo.md 4.2 and 4.3
/// and may be repeated after a crash.
/// </summary>
public sealed record TaskTransfers
{
    /// <summary>Brings what is under a URL into a folder. Nothing there is a warning, not an error.</summary>
    public required Func<TransferRequest, CancellationToken, Task<Transferred>> Download { get; init; }

    /// <summary>Takes a local path away to a URL.</summary>
    public required Func<TransferRequest, CancellationToken, Task<Transferred>> Upload { get; init; }

    /// <summary>The URL of a task's intermediate data, by the run's id and the task's name.</summary>
    public required Func<string, string, string> Intermediate { get; init; }
}

/// <summary>One transfer.</summary>
/// <param name="Url">The far side.</param>
/// <param name="Local">Absolute; for an upload a file, a folder, or `folder/*` for its contents.</param>
/// <param name="Regex">Python `match` on the relative key, or null for all.</param>
/// <param name="Settled">Nobody writes to the local files any more: they may be linked instead of copied.</param>
/// <param name="Effect">The key of the effect: a store write that is repeated is recognised by it.</param>
public sealed record TransferRequest(string Url, string Local, string? Regex, bool Settled, string Effect);

/// <summary>What was transferred.</summary>
/// <param name="Files">How many.</param>
/// <param name="Bytes">Their sizes together.</param>
/// <param name="Warning">Nothing found, nothing matched; or null.</param>
public sealed record Transferred(int Files, long Bytes, string? Warning = null);

/// <summary>A transfer that failed; the message is for the task's user.</summary>
public sealed class TransferException(string message, Exception? inner = null) : Exception(message, inner);

namespace Cairn.Cli.Progress;

/// <summary>What a watcher sees of a run at one moment.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">The language's own word.</param>
/// <param name="Tasks">Its tasks in the order of the file; of a rescheduled one the last attempt.</param>
/// <param name="WaitingFor">The one reason why it does not go on, or null.</param>
internal sealed record RunSnapshot(string Id, string State, IReadOnlyList<TaskSnapshot> Tasks, string? WaitingFor)
{
    /// <summary>Whether the tasks are the steps of a flow.</summary>
    public bool IsFlow { get; init; }
}

/// <summary>One task at one moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">`WAITING`, `RUNNING`, `COMPLETED`, …</param>
/// <param name="Started">When its command started, or null.</param>
/// <param name="Ended">When it ended, or null.</param>
/// <param name="Note">The last `progress:` line of its own log, or why it stands where it does; may be empty.</param>
internal sealed record TaskSnapshot(
    string Name, string State, DateTimeOffset? Started, DateTimeOffset? Ended, string Note)
{
    /// <summary>Whether nothing more will happen to it.</summary>
    public bool IsOver => IsGood || IsBad;

    /// <summary>Whether it ended as it should.</summary>
    public bool IsGood => State is "COMPLETED" or "SUCCEEDED";

    /// <summary>Whether it ended otherwise.</summary>
    public bool IsBad => State.StartsWith("FAILED", StringComparison.Ordinal) || State == "CANCELLED";

    /// <summary>Whether it is asked for, and no machine has taken it.</summary>
    public bool IsInQueue => State is "SUBMITTING" or "PENDING" or "PROCESSING" or "SCHEDULING";

    /// <summary>Whether it has left the queue and not ended.</summary>
    public bool IsLive =>
        !IsOver && !IsInQueue && State != "WAITING";
}

namespace Cairn.Engine.Journals;

/// <summary>What became of a commit. Closed.</summary>
public abstract record CommitResult
{
    private CommitResult() { }

    /// <summary>It is durable.</summary>
    /// <param name="Number">The commit's number in this journal.</param>
    public sealed record Committed(long Number) : CommitResult;

    /// <summary>No room; nothing was written. Worth another try when there is room.</summary>
    public sealed record NoSpace(string Message) : CommitResult;

    /// <summary>
    /// Busy with another writer for longer than the patience of the journal; nothing was written. Worth another try.
    /// </summary>
    public sealed record Busy(string Message) : CommitResult;

    /// <summary>
    /// Input or output failed, or the commit's fate is unknown: <see cref="IJournal.Reopen"/>, then
    /// <see cref="IJournal.Holds"/>.
    /// </summary>
    public sealed record Failed(string Message) : CommitResult;

    /// <summary>
    /// Never tried: a limit of the engine or an unknown kind of program. Worth another try later, if a limit.
    /// </summary>
    public sealed record Refused(string Message, bool IsLimit) : CommitResult;
}

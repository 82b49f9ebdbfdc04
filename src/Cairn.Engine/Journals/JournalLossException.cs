namespace Cairn.Engine.Journals;

/// <summary>
/// The journal lacks commits that were acknowledged: its file was damaged or replaced. It can still be read; writing
/// needs the user's word that the loss is accepted.
/// </summary>
/// <param name="path">The journal.</param>
/// <param name="present">The last commit that is there.</param>
/// <param name="acknowledged">The last commit that was acknowledged.</param>
public sealed class JournalLossException(string path, long present, long acknowledged)
    : Exception(
        $"{path} ends at commit {present}, but commit {acknowledged} was acknowledged: "
        + $"{acknowledged - present} commits are lost")
{
    /// <summary>The last commit that is there.</summary>
    public long Present { get; } = present;

    /// <summary>The last commit that was acknowledged.</summary>
    public long Acknowledged { get; } = acknowledged;

    /// <summary>What the user can do.</summary>
    public string Hint { get; } = "restore the file, or go on without what is lost: --accept-loss";
}

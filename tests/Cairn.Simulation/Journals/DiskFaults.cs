namespace Cairn.Simulation.Journals;

/// <summary>How commits fare, in chances of a thousand.</summary>
internal sealed record DiskFaults
{
    /// <summary>Nothing goes wrong and nothing is slow.</summary>
    public static DiskFaults None { get; } = new();

    /// <summary>The process dies before the commit reaches the disk.</summary>
    public int CrashBefore { get; init; }

    /// <summary>The process dies after the commit, before anything is handed out.</summary>
    public int CrashAfter { get; init; }

    /// <summary>No room on the disk; nothing is written.</summary>
    public int NoSpace { get; init; }

    /// <summary>Another process writes; nothing is written.</summary>
    public int Busy { get; init; }

    /// <summary>The commit fails and is not there.</summary>
    public int FailedAndLost { get; init; }

    /// <summary>The commit fails and is there.</summary>
    public int FailedAndKept { get; init; }

    /// <summary>The fsync takes up to ten seconds.</summary>
    public int Slow { get; init; }
}

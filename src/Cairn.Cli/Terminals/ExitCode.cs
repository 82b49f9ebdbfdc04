namespace Cairn.Cli.Terminals;

/// <summary>The closed set of exit codes (docs/cli.md).</summary>
internal static class ExitCode
{
    /// <summary>Done as asked.</summary>
    public const int Done = 0;

    /// <summary>The run ended failed or cancelled, or stands STUCK or DIVERGED.</summary>
    public const int RunFailed = 1;

    /// <summary>Wrong usage, or an invalid, missing or unreadable file.</summary>
    public const int Usage = 2;

    /// <summary>A tool, secret, GPU or capacity is missing.</summary>
    public const int Precondition = 3;

    /// <summary>No such run, object, job or trigger.</summary>
    public const int NotFound = 4;

    /// <summary>Access is denied.</summary>
    public const int Denied = 5;

    /// <summary>The command's own wait or connection ran out.</summary>
    public const int TimedOut = 6;

    /// <summary>The state folder is locked or full.</summary>
    public const int TryAgain = 75;

    /// <summary>Parked by Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>The line that every help page ends with.</summary>
    public const string Explanation =
        "Exit codes: 0 done, 1 the run failed, 2 wrong usage or invalid file, 3 a precondition is unmet, 4 not found, "
        + "5 denied, 6 timed out, 75 try again later, 130 interrupted";
}

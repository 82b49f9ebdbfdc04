namespace Cairn.Cli.Faults;

/// <summary>
/// Ends a command with an exit code and what to tell the user. The only exception that commands throw.
/// </summary>
internal sealed class CommandFailure : Exception
{
    /// <summary>A failure with all its problems.</summary>
    public CommandFailure(int exitCode, IReadOnlyList<Problem> problems)
        : base(problems.Count > 0 ? problems[0].Message : "")
    {
        Code = exitCode;
        Problems = problems;
    }

    /// <summary>A failure with one message.</summary>
    public CommandFailure(int exitCode, string message, string? hint = null)
        : this(exitCode, [new Problem(message, Hint: hint)])
    {
    }

    /// <summary>One of <see cref="Terminals.ExitCode"/>.</summary>
    public int Code { get; }

    /// <summary>All of them, not the first only.</summary>
    public IReadOnlyList<Problem> Problems { get; }
}

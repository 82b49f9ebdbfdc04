using System.Text;

namespace Cairn.Platform.Executors.Local.Sandboxes;

/// <summary>
/// The few lines of shell around a task's command, the same for every task. The command joins the task's control groups
/// (through descriptors that were opened outside; the shell stays out, to tell the end); a death by signal is told
/// from an exit code above 128, as a shell says the signal's name on its own stderr, which is a file of ours here.
/// TERM reaches the command but does not end the shell, so that a command may take its time to end well.
/// </summary>
internal static class CommandScript
{
    /// <summary>Where the signal file stands when the shell starts.</summary>
    public const int SignalDescriptor = 8;

    /// <summary>Where the status file stands.</summary>
    public const int StatusDescriptor = 6;

    /// <summary>The control groups' descriptors: a plain shell knows only those of one digit.</summary>
    public static readonly IReadOnlyList<int> DoorDescriptors = [3, 4, 7, 9];

    /// <summary>What the shell writes to the signal file first: the sandbox stands.</summary>
    public const string Started = "cairn: started";

    /// <summary>What the shell writes to the signal file when the command could not be found or executed.</summary>
    public const string NotFound = "cairn: not found";

    /// <summary>Name of the wrapper in messages and the process list, as in the original.</summary>
    public const string Name = "osmo_exec";

    /// <summary>The script.</summary>
    /// <param name="doors">How many control groups there are to join.</param>
    /// <param name="tellsStatus">Whether the shell itself writes the exit code, because no sandbox does.</param>
    public static string For(int doors, bool tellsStatus)
    {
        var join = new StringBuilder();
        for (var i = 0; i < doors; i++)
            join.Append($"echo 0 >&{DoorDescriptors[i]}; exec {DoorDescriptors[i]}>&-; ");
        return Head + $"({join}exec \"$@\" 2>&5 5>&- 6>&-)\n" + Tail
            + (tellsStatus ? "\necho \"{ \\\"exit-code\\\": $c }\" >&6" : "") + "\nexit $c";
    }

    private const string Head =
        """
        trap : TERM INT HUP
        exec 5>&2 2>&8 8>&-
        echo "cairn: started" >&2
        ulimit -c 0

        """;

    // The subshell's exec ran the program and never a builtin of the same name.
    private const string Tail =
        """
        c=$?
        if [ $c -eq 127 ] || [ $c -eq 126 ]; then
          p=$(command -v -- "$1")
          case "$p" in */*) [ -x "$p" ] || echo "cairn: not found" >&2;; *) echo "cairn: not found" >&2;; esac
        fi
        """;
}

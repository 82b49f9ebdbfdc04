using System.Text;

namespace Cairn.Platform.Executors.Local.Sandboxes;

/// <summary>
/// The few lines of shell around a task's command, the same for every task. They join the task's control groups (through
/// descriptors that were opened outside), wait for the command, and let a death by signal be told from an exit code above
/// 128: a shell says the signal's name on its own stderr, which is a file of ours here. TERM reaches the command but does
/// not end the shell, so that a command may take its time to end well.
/// </summary>
internal static class CommandScript
{
    /// <summary>Where the log stands when the shell starts: stdout and stderr.</summary>
    public const int SignalDescriptor = 8;

    /// <summary>The control groups' descriptors: a plain shell knows only those of one digit.</summary>
    public static readonly IReadOnlyList<int> DoorDescriptors = [3, 4, 7, 9];

    /// <summary>What the shell writes to the signal file first: the sandbox stands.</summary>
    public const string Started = "cairn: started";

    /// <summary>What the shell writes to the signal file when the command could not be found or executed.</summary>
    public const string NotFound = "cairn: not found";

    /// <summary>Name of the wrapper in messages and the process list, as in the original.</summary>
    public const string Name = "osmo_exec";

    /// <summary>The script for a task with so many control groups to join.</summary>
    public static string For(int doors)
    {
        var script = new StringBuilder("trap : TERM INT HUP\n");
        for (var i = 0; i < doors; i++)
            script.Append($"echo 0 >&{DoorDescriptors[i]}; exec {DoorDescriptors[i]}>&-\n");
        return script.Append(Body).ToString();
    }

    // The subshell's exec runs the program and never a builtin of the same name.
    private const string Body =
        """
        exec 3>&2 2>&8 8>&-
        echo "cairn: started" >&2
        ulimit -c 0
        (exec "$@" 2>&3 3>&-)
        c=$?
        if [ $c -eq 127 ] || [ $c -eq 126 ]; then
          p=$(command -v -- "$1")
          case "$p" in */*) [ -x "$p" ] || echo "cairn: not found" >&2;; *) echo "cairn: not found" >&2;; esac
        fi
        exit $c
        """;
}

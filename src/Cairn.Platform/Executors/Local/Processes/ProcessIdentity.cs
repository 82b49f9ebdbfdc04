using System.Globalization;
using System.Text;

namespace Cairn.Platform.Executors.Local.Processes;

/// <summary>One process and no other: pids are reused, and they start again at every boot.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="StartTicks">Its start, in clock ticks since boot (`/proc/PID/stat`, field 22).</param>
/// <param name="Boot">The boot id of the machine that it runs on.</param>
internal sealed record ProcessIdentity(int Pid, long StartTicks, string Boot)
{
    private const int StartTimeAfterName = 19;

    /// <summary>This machine's boot id; another one after each restart of the machine.</summary>
    public static string CurrentBoot { get; } = ReadText("/proc/sys/kernel/random/boot_id")?.Trim() ?? "unknown";

    /// <summary>The process that has the number now, or null when there is none or only its zombie.</summary>
    public static ProcessIdentity? Of(int pid, string boot)
    {
        if (ReadText($"/proc/{pid}/stat") is not { } stat)
            return null;
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" || fields.Length <= StartTimeAfterName
            ? null
            : new ProcessIdentity(pid, long.Parse(fields[StartTimeAfterName], CultureInfo.InvariantCulture), boot);
    }

    /// <summary>Whether this very process runs: same number, same start, same boot.</summary>
    public bool IsAlive() => Of(Pid, Boot) == this;

    /// <summary>The arguments of a process, or empty when it is gone or a stranger's.</summary>
    public static IReadOnlyList<string> ArgumentsOf(int pid) =>
        ReadText($"/proc/{pid}/cmdline")?.Split('\0', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Children of a process, as this process sees their numbers.</summary>
    public static IReadOnlyList<int> ChildrenOf(int pid) =>
        [.. (ReadText($"/proc/{pid}/task/{pid}/children") ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(text => int.Parse(text, CultureInfo.InvariantCulture))];

    /// <summary>The process group of a process, or null when it is gone.</summary>
    public static int? GroupOf(int pid) =>
        ReadText($"/proc/{pid}/stat") is { } stat
            ? int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[2], CultureInfo.InvariantCulture)
            : null;

    /// <summary>Processes that have an environment variable, `NAME=VALUE`.</summary>
    public static IEnumerable<int> WithVariable(string variable) =>
        All().Where(pid => EnvironmentOf(pid).Contains(variable, StringComparer.Ordinal));

    /// <summary>`NAME=VALUE` of a process; empty when it is gone or a stranger's.</summary>
    public static IReadOnlyList<string> EnvironmentOf(int pid) =>
        ReadText($"/proc/{pid}/environ")?.Split('\0', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Numbers of all processes that this one may see.</summary>
    public static IEnumerable<int> All() =>
        Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), out var pid) ? pid : 0)
            .Where(pid => pid > 0);

    private static string? ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path, Encoding.UTF8);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cairn.EndToEnd.Processes;

/// <summary>
/// The processes of a state folder's tasks: those that carry its mark in their arguments, and all that they started.
/// </summary>
internal static class TaskProcesses
{
    /// <summary>Kills all of them until none is left.</summary>
    public static void KillAll(string home)
    {
        while (Find(home) is { Count: > 0 } living)
            foreach (var pid in living)
                Posix.Send(pid, Posix.Kill);
    }

    /// <summary>Those that live now.</summary>
    public static IReadOnlyList<int> Find(string home)
    {
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(home)))[..8] + ":";
        var parents = new Dictionary<int, int>();
        var found = new HashSet<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid)
                && Read($"{folder}/stat") is { Length: > 0 } stat)
            {
                // pid (name) state parent …; a zombie is gone.
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                if (fields[0] == "Z")
                    continue;
                parents[pid] = int.Parse(fields[1], CultureInfo.InvariantCulture);
                if (Read($"{folder}/cmdline").Split('\0').Any(part => part.StartsWith(mark, StringComparison.Ordinal)))
                    found.Add(pid);
            }

        for (var before = -1; before != found.Count;)
        {
            before = found.Count;
            found.UnionWith(parents.Where(child => found.Contains(child.Value)).Select(child => child.Key).ToList());
        }

        return [.. found];
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It ended while we looked.
            return "";
        }
    }
}

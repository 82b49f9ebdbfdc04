using System.Globalization;

namespace Cairn.Platform.Executors.Local.Cgroups;

/// <summary>
/// The control groups of one task: limits for its command (not for the sandbox around it, which must live to tell the
/// exit code), and what the kernel counted. Works on version 1 hierarchies and on version 2, whichever the host has;
/// with none of them the task runs without limits and <see cref="Absence"/> says so.
/// </summary>
internal sealed class TaskCgroup
{
    private readonly CgroupHost _host;
    private readonly string _name;

    /// <summary>The groups of a key; nothing is made yet.</summary>
    public TaskCgroup(CgroupHost host, string name)
    {
        _host = host;
        _name = name;
    }

    /// <summary>Why there are no limits, or null when there are.</summary>
    public string? Absence => _host.Absence;

    /// <summary>Files that a process joins by writing `0` to them.</summary>
    public IReadOnlyList<string> Doors => [.. Folders.Select(folder => Path.Combine(folder, "cgroup.procs"))];

    private IEnumerable<string> Folders => _host.Hierarchies.Select(root => Path.Combine(root, _name));

    /// <summary>Makes the groups with their limits; again is harmless. A limit that cannot be set is left
    /// out.</summary>
    /// <param name="memoryBytes">Hard limit.</param>
    /// <param name="cpus">Weight against other tasks; a task alone may use the whole machine.</param>
    /// <param name="processes">Most processes and threads.</param>
    public void Make(long memoryBytes, int cpus, int processes)
    {
        foreach (var folder in Folders)
            Directory.CreateDirectory(folder);
        if (_host.Memory is { } memory)
        {
            Set(memory, _host.Unified ? "memory.max" : "memory.limit_in_bytes", memoryBytes);
            if (_host.Unified)
                Set(memory, "memory.swap.max", 0);
            else
                Set(memory, "memory.memsw.limit_in_bytes", memoryBytes);
        }

        // One core is what the kernel gives anyway.
        if (_host.Cpu is { } cpu && cpus != 1)
            Set(cpu, _host.Unified ? "cpu.weight" : "cpu.shares",
                _host.Unified ? Math.Clamp(100L * cpus, 1, 10_000) : Math.Max(2, 1024L * cpus));
        if (_host.Pids is { } pids)
            Set(pids, "pids.max", processes);
    }

    /// <summary>How many processes the kernel killed for memory.</summary>
    public long OutOfMemoryKills() => _host.Memory is { } root
        ? Field(Path.Combine(root, _name, _host.Unified ? "memory.events" : "memory.oom_control"), "oom_kill")
        : 0;

    /// <summary>Largest memory seen, bytes; 0 when it could not be measured.</summary>
    public long PeakMemoryBytes() => _host.Memory is { } root
        && long.TryParse(
            ReadText(Path.Combine(root, _name, _host.Unified ? "memory.peak" : "memory.max_usage_in_bytes")),
            CultureInfo.InvariantCulture,
            out var bytes)
        ? bytes
        : 0;

    /// <summary>Every process in any of the groups.</summary>
    public IReadOnlyList<int> Processes() =>
        [.. Doors
            .SelectMany(door => (ReadText(door) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(text => int.Parse(text, CultureInfo.InvariantCulture))
            .Distinct()];

    /// <summary>Stops all of them in their tracks, so that none can fork away from a kill that follows.</summary>
    public void Freeze(bool frozen)
    {
        if (_host.Unified)
            foreach (var folder in Folders)
                TryWrite(Path.Combine(folder, "cgroup.freeze"), frozen ? "1" : "0");
        else if (_host.Freezer is { } freezer)
            TryWrite(Path.Combine(freezer, _name, "freezer.state"), frozen ? "FROZEN" : "THAWED");
    }

    /// <summary>Removes the groups; one that still has processes stays for the reaper.</summary>
    public void Remove()
    {
        foreach (var folder in Folders)
            try
            {
                if (Directory.Exists(folder))
                    Directory.Delete(folder);
            }
            catch (IOException)
            {
                // Busy: a process is still dying in it. `cairn doctor` takes it away.
            }
    }

    private void Set(string root, string file, long value) =>
        TryWrite(Path.Combine(root, _name, file), value.ToString(CultureInfo.InvariantCulture));

    private static long Field(string path, string name)
    {
        foreach (var line in (ReadText(path) ?? "").Split('\n'))
            if (line.StartsWith(name + " ", StringComparison.Ordinal))
                return long.Parse(line[(name.Length + 1)..], CultureInfo.InvariantCulture);
        return 0;
    }

    private static void TryWrite(string path, string text)
    {
        try
        {
            File.WriteAllText(path, text);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Swap accounting may be off, a limit below current use may be refused: the others still hold.
        }
    }

    private static string? ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

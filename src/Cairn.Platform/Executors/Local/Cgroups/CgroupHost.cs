namespace Cairn.Platform.Executors.Local.Cgroups;

/// <summary>What control groups this machine lets us make, looked up once.</summary>
internal sealed class CgroupHost
{
    private CgroupHost(string? memory, string? cpu, string? pids, string? freezer, bool unified, string? absence)
    {
        (Memory, Cpu, Pids, Freezer, Unified, Absence) = (memory, cpu, pids, freezer, unified, absence);
        Hierarchies = [.. new[] { memory, cpu, pids, freezer }.OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Our folder in the hierarchy that limits memory, or null.</summary>
    public string? Memory { get; }

    /// <summary>Our folder in the hierarchy that weighs CPU time, or null.</summary>
    public string? Cpu { get; }

    /// <summary>Our folder in the hierarchy that counts processes, or null.</summary>
    public string? Pids { get; }

    /// <summary>Our folder in the hierarchy that freezes, or null.</summary>
    public string? Freezer { get; }

    /// <summary>Version 2: one folder for all.</summary>
    public bool Unified { get; }

    /// <summary>Why there are no limits, one sentence; null when there are.</summary>
    public string? Absence { get; }

    /// <summary>Each distinct folder of ours.</summary>
    public IReadOnlyList<string> Hierarchies { get; }

    /// <summary>No limits, for a reason.</summary>
    public static CgroupHost Without(string reason) => new(null, null, null, null, unified: false, reason);

    /// <summary>Looks at this machine.</summary>
    /// <param name="parent">Name of our folder: one per state folder, so that nobody reaps what is another's.</param>
    /// <param name="freezer">Whether to freeze: only where no sandbox's first process can be killed instead.</param>
    /// <param name="tree">Where the kernel shows its hierarchies and our place in them.</param>
    public static CgroupHost Find(string parent, bool freezer = true, CgroupTree? tree = null)
    {
        tree ??= CgroupTree.Kernel;
        var root = tree.Root;
        if (File.Exists($"{root}/cgroup.controllers"))
            return Version2(tree, parent);
        var memory = Version1(root, "memory", parent);
        var pids = Version1(root, "pids", parent);
        var cpu = Version1(root, "cpu", parent) ?? Version1(root, "cpu,cpuacct", parent);
        var freezing = freezer ? Version1(root, "freezer", parent) : null;
        return memory is null && pids is null && cpu is null
            ? Without($"control groups are not writable here ({root}): tasks run without memory and process limits")
            : new CgroupHost(memory, cpu, pids, freezing, unified: false, absence: null);
    }

    private static string? Version1(string root, string controller, string parent) =>
        Directory.Exists($"{root}/{controller}") ? Made($"{root}/{controller}/{parent}") : null;

    private static CgroupHost Version2(CgroupTree tree, string parent)
    {
        var own = OwnFolder(tree);
        // A group with processes in it cannot hand controllers on: where we sit in one, there is nothing to be had.
        if (own is null || !Enable(own) || Made($"{own}/{parent}") is not { } folder || !Enable(folder))
            return Without("this control group hands no controllers on: tasks run without memory and process limits");
        return new CgroupHost(folder, folder, folder, folder, unified: true, absence: null);
    }

    private static string? OwnFolder(CgroupTree tree)
    {
        var line = File.ReadLines(tree.Membership)
            .FirstOrDefault(one => one.StartsWith("0::", StringComparison.Ordinal));
        if (line is null)
            return null;
        // As root at the top of the tree (a container, or a plain login as root) the root group is ours to divide.
        return tree.IsRoot ? tree.Root : Path.GetDirectoryName(tree.Root + line[3..].TrimEnd('/'));
    }

    private static bool Enable(string folder)
    {
        try
        {
            var file = Path.Combine(folder, "cgroup.subtree_control");
            File.WriteAllText(file, "+memory +pids +cpu");
            return File.ReadAllText(file).Contains("memory", StringComparison.Ordinal);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string? Made(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return folder;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

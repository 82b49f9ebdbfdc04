namespace Cairn.Platform.Executors.Local.Cgroups;

/// <summary>Where control groups are looked for.</summary>
/// <param name="Root">The mounted hierarchies.</param>
/// <param name="Membership">The file that says in which groups this process is.</param>
/// <param name="IsRoot">Whether the top of the tree is ours to divide.</param>
internal sealed record CgroupTree(string Root, string Membership, bool IsRoot)
{
    /// <summary>The kernel's own.</summary>
    public static CgroupTree Kernel { get; } =
        new("/sys/fs/cgroup", "/proc/self/cgroup", Environment.IsPrivilegedProcess);
}

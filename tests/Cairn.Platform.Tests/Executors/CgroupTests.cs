using Cairn.Platform.Executors.Local.Cgroups;

namespace Cairn.Platform.Tests.Executors;

/// <summary>Control groups of version 2 over a tree of plain files: this is what the kernel would be told.</summary>
public sealed class CgroupTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("cairn-cgroup-").FullName;

    public CgroupTests()
    {
        Write("cgroup.controllers", "cpu memory pids\n");
        Write("membership", "0::/user/session\n");
        Directory.CreateDirectory(Path.Combine(_root, "user", "session"));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void As_root_the_top_of_the_tree_is_divided_and_a_task_gets_its_limits_there()
    {
        var task = new TaskCgroup(Find(isRoot: true), "key");

        task.Make(memoryBytes: 64 << 20, cpus: 4, processes: 100);

        Assert.Null(task.Absence);
        Assert.Equal("+memory +pids +cpu", Read("cgroup.subtree_control"));
        Assert.Equal("+memory +pids +cpu", Read("cairn-x/cgroup.subtree_control"));
        Assert.Equal(
            ("67108864", "0", "400", "100"),
            (Read("cairn-x/key/memory.max"), Read("cairn-x/key/memory.swap.max"), Read("cairn-x/key/cpu.weight"),
                Read("cairn-x/key/pids.max")));
        Assert.Equal([Path.Combine(_root, "cairn-x/key/cgroup.procs")], task.Doors);
    }

    [Fact]
    public void Without_root_the_group_that_we_sit_in_gets_a_sibling()
    {
        var task = new TaskCgroup(Find(isRoot: false), "key");

        task.Make(memoryBytes: 1, cpus: 1, processes: 1);

        Assert.Equal([Path.Combine(_root, "user/cairn-x/key/cgroup.procs")], task.Doors);
        Assert.False(File.Exists(Path.Combine(_root, "user/cairn-x/key/cpu.weight")));
    }

    [Fact]
    public void What_the_kernel_counted_is_read_and_a_group_is_frozen_by_its_file()
    {
        var task = new TaskCgroup(Find(isRoot: true), "key");
        task.Make(1, 1, 1);
        Write("cairn-x/key/memory.events", "low 0\noom 4\noom_kill 3\noom_group_kill 1\n");
        Write("cairn-x/key/memory.peak", "4096\n");
        Write("cairn-x/key/cgroup.procs", "12\n34\n");

        task.Freeze(frozen: true);

        Assert.Equal((3, 4096), (task.OutOfMemoryKills(), task.PeakMemoryBytes()));
        Assert.Equal([12, 34], task.Processes());
        Assert.Equal("1", Read("cairn-x/key/cgroup.freeze"));
    }

    [Fact]
    public void Where_no_controllers_are_handed_on_there_are_no_limits_and_a_reason()
    {
        // A folder in the place of the file: the write is refused, as the kernel refuses it to others than the owner.
        Directory.CreateDirectory(Path.Combine(_root, "cgroup.subtree_control"));

        var task = new TaskCgroup(Find(isRoot: true), "key");
        task.Make(1, 1, 1);

        Assert.Equal(
            "this control group hands no controllers on: tasks run without memory and process limits", task.Absence);
        Assert.Empty(task.Doors);
    }

    private CgroupHost Find(bool isRoot) =>
        CgroupHost.Find("cairn-x", freezer: true, new CgroupTree(_root, Path.Combine(_root, "membership"), isRoot));

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_root, file), text);

    private string Read(string file) => File.ReadAllText(Path.Combine(_root, file));
}

using System.Globalization;
using Cairn.Platform.Executors.Local.Cgroups;
using Cairn.Platform.Executors.Local.Containers;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Networks;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Executors.Local.Processes;

namespace Cairn.Platform.Executors.Local.Reaping;

/// <summary>
/// Finds and removes what the local executor left behind: everything that carries the mark of this state folder and
/// belongs to no open run. Never touches what is another folder's.
/// </summary>
public sealed class TaskReaper
{
    private readonly LocalHome _home;
    private readonly CgroupHost _cgroups;
    private readonly GroupNetworks _networks;
    private readonly string? _podman;

    /// <summary>A reaper for a state folder.</summary>
    public TaskReaper(string home, Tools tools)
    {
        _home = new LocalHome(home);
        _cgroups = CgroupHost.Find(_home.CgroupParent);
        _networks = GroupNetworks.Of(_home, Environment.IsPrivilegedProcess);
        _podman = tools.Podman;
    }

    /// <summary>Everything that is left over.</summary>
    /// <param name="isOpen">Whether a run (its uid, 32 digits) is open.</param>
    /// <param name="isKnown">Whether the journal has a run, by uid or id; of others nothing is kept.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<Leftover>> Find(
        Func<string, bool> isOpen, Func<string, bool> isKnown, CancellationToken cancel)
    {
        var found = new List<Leftover>(RunFiles.Orphans(_home.Folder, isKnown));
        bool Stray(string task) => !isOpen(task.Split('.')[0]);
        foreach (var pid in ProcessIdentity.All())
            if (TaskOf(pid) is { } task && Stray(task))
                found.Add(new Leftover(LeftoverKind.Process, pid.ToString(CultureInfo.InvariantCulture), task));
        foreach (var folder in Folders(_home.Tasks))
            if (Stray(folder) && isKnown(folder.Split('.')[0])
                && HasRemains(new TaskFolder(Path.Combine(_home.Tasks, folder))))
                found.Add(new Leftover(LeftoverKind.Folder, Path.Combine(_home.Tasks, folder), folder));
        foreach (var group in _cgroups.Hierarchies.SelectMany(root => Folders(root).Select(name => (root, name))))
            if (Stray(group.name))
                found.Add(new Leftover(LeftoverKind.ControlGroup, Path.Combine(group.root, group.name), group.name));
        var used = OpenNetworks(isOpen);
        foreach (var network in _networks.Names().Where(name => !used.Contains(name)))
            found.Add(new Leftover(LeftoverKind.Network, network, network));
        foreach (var (name, task) in await Containers(cancel))
            if (Stray(task))
                found.Add(new Leftover(LeftoverKind.Container, name, task));
        return found;
    }

    /// <summary>Removes one; false when it would not go.</summary>
    public async Task<bool> Remove(Leftover leftover, CancellationToken cancel)
    {
        switch (leftover.Kind)
        {
            case LeftoverKind.Process:
                var pid = int.Parse(leftover.Name, CultureInfo.InvariantCulture);
                return TaskOf(pid) != leftover.Task || Libc.kill(pid, Libc.SigKill) == 0;
            case LeftoverKind.Folder or LeftoverKind.Data:
                TaskFolder.Discard(leftover.Name);
                return !Directory.Exists(leftover.Name);
            case LeftoverKind.ControlGroup:
                return RemoveGroup(leftover.Name);
            case LeftoverKind.Network:
                await _networks.Remove(leftover.Name);
                return true;
            case LeftoverKind.Container:
                string[] remove = ["rm", "--force", "--time=0", leftover.Name];
                return _podman is not null
                    && (await Program.Run(_podman, remove, cancel, PodmanConfiguration.Of(_home))).Code == 0;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static bool RemoveGroup(string path)
    {
        try
        {
            Directory.Delete(path);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    // An ended task keeps its logs and its result; everything else is a remain.
    private static bool HasRemains(TaskFolder folder) =>
        !File.Exists(folder.Done) || Directory.Exists(folder.Temporary) || Directory.Exists(folder.Inputs);

    private string? TaskOf(int pid) =>
        ProcessIdentity.ArgumentsOf(pid).Select(_home.TaskIn).FirstOrDefault(task => task is not null);

    private SortedSet<string> OpenNetworks(Func<string, bool> isOpen)
    {
        var used = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in Folders(_home.Tasks))
        {
            var folder = new TaskFolder(Path.Combine(_home.Tasks, name));
            if (TaskFolder.KeyOf(name) is { } key && isOpen(key.Run.ToString()) && !File.Exists(folder.Done)
                && PlaceJson.Read(folder.Order, PlaceJson.Default.PlacedOrder) is { } placed)
                used.Add(_networks.NameOf(key, placed.Task.Group));
        }

        return used;
    }

    private async Task<IReadOnlyList<(string Name, string Task)>> Containers(CancellationToken cancel)
    {
        if (_podman is null)
            return [];
        var listed = await Program.Run(
            _podman,
            ["ps", "--all", "--filter", $"label=cairn.home={_home.Mark}", "--format",
                "{{.Names}} {{index .Labels \"cairn.task\"}}"],
            cancel,
            PodmanConfiguration.Of(_home));
        return listed.Code != 0
            ? []
            : [.. listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' '))
                .Where(parts => parts.Length == 2)
                .Select(parts => (parts[0], parts[1]))];
    }

    private static IEnumerable<string> Folders(string path) =>
        Directory.Exists(path) ? Directory.EnumerateDirectories(path).Select(one => Path.GetFileName(one)) : [];
}

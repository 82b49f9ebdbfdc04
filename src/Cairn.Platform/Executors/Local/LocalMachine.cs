using Cairn.Engine.Effects;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Attempts;
using Cairn.Platform.Executors.Local.Cgroups;
using Cairn.Platform.Executors.Local.Containers;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Logs;
using Cairn.Platform.Executors.Local.Networks;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Executors.Local.Pools;
using Cairn.Platform.Executors.Local.Processes;
using Cairn.Platform.Executors.Local.Reuse;
using Cairn.Platform.Executors.Local.Sandboxes;

namespace Cairn.Platform.Executors.Local;

/// <summary>This machine as a place for tasks: pools, images, control groups, enclosures. Makes the place of
/// each.</summary>
internal sealed class LocalMachine : IDisposable
{
    private readonly ProcessWatch _watch = new();
    private readonly Dictionary<string, PoolLedger> _pools = new(StringComparer.Ordinal);
    private readonly PoolLedger _defaultPool;
    private readonly CgroupHost _cgroups;
    private readonly ImageTable _images;
    private readonly GroupNetworks _networks;
    private readonly LogKeeper _logs;
    private readonly Workplace _workplace;

    public LocalMachine(LocalExecutorSettings settings)
    {
        Home = new LocalHome(settings.Home);
        foreach (var pool in settings.Pools)
            _pools[pool.Name] = new PoolLedger(pool, settings.Machine);
        _defaultPool = _pools[(settings.Pools.FirstOrDefault(pool => pool.IsDefault) ?? settings.Pools[0]).Name];
        _cgroups = CgroupHost.Find(Home.CgroupParent, freezer: settings.Tools.Bubblewrap is null);
        _images = new ImageTable(settings.Images, settings.Tools);
        _networks = GroupNetworks.Of(Home, settings.IsRoot);
        Home.Make();
        _logs = new LogKeeper(_watch, settings.LogLimits, settings.Clock);
        var enclosures = new Dictionary<string, IEnclosure>(StringComparer.Ordinal);
        if (settings.Tools.Bubblewrap is { } bubblewrap)
            enclosures["bubblewrap"] = new BubblewrapEnclosure(_watch, bubblewrap, Home.Programs);
        if (settings.Tools.Podman is { } podman)
            enclosures["podman"] = new PodmanEnclosure(podman, Home);
        enclosures["plain"] = new PlainEnclosure(_watch, Home.Programs);
        _workplace = new Workplace
        {
            Transfers = settings.Transfers,
            Ended = new EndedTasks(Home.Ended, settings.Transfers),
            Credentials = settings.Credentials,
            Clock = settings.Clock,
            Enclosures = enclosures,
            Logs = _logs,
        };
    }

    /// <summary>Where its tasks live.</summary>
    public LocalHome Home { get; }

    /// <summary>The pool of a name; an empty or unknown one is the default pool.</summary>
    public PoolLedger Pool(string name) => _pools.GetValueOrDefault(name, _defaultPool);

    /// <summary>
    /// What a task asks for here: its image entry's resources where a host image replaces the image (spec/vda.md 12),
    /// and more memory on later attempts where the pool says so.
    /// </summary>
    public TaskResources Needs(TaskOrder order)
    {
        var entry = _images.Resolve(order.Image) switch
        {
            ImageChoice.Host host => host.Entry,
            ImageChoice.Plain plain => plain.Entry,
            _ => null,
        };
        var asked = entry is null
            ? order.Resources
            : order.Resources with
            {
                Cpu = entry.Cpu ?? order.Resources.Cpu,
                Gpu = entry.Gpu ?? order.Resources.Gpu,
                MemoryBytes = entry.MemoryBytes ?? order.Resources.MemoryBytes,
                StorageBytes = entry.StorageBytes ?? order.Resources.StorageBytes,
            };
        var factor = Math.Pow(Pool(order.Pool).Pool.RetryMemoryFactor, order.RetryId);
        return factor > 1 ? asked with { MemoryBytes = (long)(asked.MemoryBytes * factor) } : asked;
    }

    /// <summary>Why a task is not allowed in its pool, or null (spec/osmo.md 1.6).</summary>
    public string? Forbidden(TaskOrder order)
    {
        var pool = Pool(order.Pool).Pool;
        foreach (var mount in order.VolumeMounts)
        {
            var source = mount.Split(':')[0];
            if (!pool.AllowedMounts.Contains(source, StringComparer.Ordinal))
                return $"pool {pool.Name} does not allow mount: {source}. Task {order.Task}";
        }

        if (order.Privileged)
            return $"pool {pool.Name} does not allow privileged tasks. Task {order.Task}";
        return order.HostNetwork && pool.Network != "host"
            ? $"pool {pool.Name} does not allow the host's network. Task {order.Task}"
            : null;
    }

    /// <summary>What an earlier engine decided about a task, or null.</summary>
    public PlacedOrder? Placed(EffectOrder order) =>
        PlaceJson.Read(Home.Task(order).Order, PlaceJson.Default.PlacedOrder);

    /// <summary>Runs one attempt to its end.</summary>
    public async Task Attempt(
        EffectOrder order, TaskOrder task, TaskInbox inbox, Action<Report> report, CancellationToken cancel)
    {
        if (Forbidden(task) is { } forbidden)
            throw new TaskStartException(forbidden);
        var folder = Home.Task(order);
        var image = _images.Resolve(task.Image);
        var placed = Placed(order);
        var place = new TaskPlace
        {
            Key = order.Key,
            RunId = order.RunId,
            Mark = Home.Mark,
            Order = task with { Resources = Needs(task) },
            Folder = folder,
            Image = image,
            Enclosure = placed?.Enclosure ?? Enclosure(image),
            Cgroup = new TaskCgroup(_cgroups, folder.Name),
            Network = await Network(order.Key, task, cancel),
            Gpus = placed?.Gpus ?? Pool(task.Pool).GpusOf(order.Key),
        };
        await KillEarlierIssues(order, place);
        await new TaskAttempt(place, _workplace, inbox, report).Run(cancel);
        await _networks.Leave(order.Key, task);
    }

    // The engine may have died while it interrupted the run: what it meant to stop must not run beside its successor.
    private async Task KillEarlierIssues(EffectOrder order, TaskPlace place)
    {
        for (var issue = 1; issue < order.Issue; issue++)
        {
            var earlier = order with { Issue = issue };
            if (Placed(earlier) is not { } placed)
                continue;
            var folder = Home.Task(earlier);
            var old = place with
            {
                Folder = folder,
                Enclosure = placed.Enclosure,
                Cgroup = new TaskCgroup(_cgroups, folder.Name),
            };
            await new TaskAttempt(old, _workplace, new TaskInbox(default), _ => { }).KillAll();
        }
    }

    /// <summary>
    /// Whether the groups of a pool must take turns: they would meet on the host's network. The reason, or null.
    /// </summary>
    public string? TakeTurns(TaskOrder order) =>
        order.Members.Count > 1 && Pool(order.Pool).Pool.Network == "group" ? _networks.Absence : null;

    private async Task<TaskNetwork> Network(EffectKey key, TaskOrder task, CancellationToken cancel) =>
        Pool(task.Pool).Pool.Network switch
        {
            "none" => new TaskNetwork.None(),
            "group" when task.Members.Count > 1 && _networks.Absence is null =>
                await _networks.Join(key, task, cancel),
            _ => new TaskNetwork.Host(),
        };

    /// <inheritdoc/>
    public void Dispose()
    {
        _watch.Dispose();
        _logs.Dispose();
    }

    private static string Enclosure(ImageChoice image) => image switch
    {
        ImageChoice.Host => "bubblewrap",
        ImageChoice.Container => "podman",
        ImageChoice.Plain => "plain",
        ImageChoice.Refused refused => throw new TaskStartException($"{refused.Reason}; {refused.Hint}"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

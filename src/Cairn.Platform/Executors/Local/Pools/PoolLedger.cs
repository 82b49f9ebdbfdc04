using Cairn.Engine.Effects;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Projects;

namespace Cairn.Platform.Executors.Local.Pools;

/// <summary>
/// What of one pool is given away. A gang gets all or nothing; first come, first served, with back-fill: a gang that
/// fits may pass one that does not, but not more than <see cref="MostOvertakes"/> times. Used by the engine's thread
/// and by ends of tasks.
/// </summary>
internal sealed class PoolLedger(ProjectPool pool, MachineCapacity machine)
{
    private const int MostOvertakes = 32;

    private readonly Lock _lock = new();
    private readonly Dictionary<EffectKey, Holding> _held = [];
    private readonly SortedSet<int> _freeGpus = [.. machine.Gpus.Take(pool.Gpus ?? machine.Gpus.Count)];
    private (EffectKey Gang, int Overtakes, long Epoch)? _waiting;
    private long _releases;

    /// <summary>The pool.</summary>
    public ProjectPool Pool => pool;

    /// <summary>Cores that it has.</summary>
    public int Cpus { get; } = pool.Cpus ?? machine.Cpus;

    /// <summary>Bytes that it has.</summary>
    public long MemoryBytes { get; } = pool.MemoryBytes ?? machine.MemoryBytes;

    /// <summary>Devices that it has.</summary>
    public int Gpus { get; } = pool.Gpus is { } asked ? Math.Min(asked, machine.Gpus.Count) : machine.Gpus.Count;

    /// <summary>Why a gang can never run here, or null when it fits an empty pool: a validation error.</summary>
    public string? Misfit(IReadOnlyList<TaskResources> gang)
    {
        var asked = Sum(gang);
        if (asked.Cpus > Cpus)
            return $"pool {pool.Name}: {asked.Cpus} CPUs asked at once, it has {Cpus}";
        if (asked.MemoryBytes > MemoryBytes)
            return $"pool {pool.Name}: {Mebi(asked.MemoryBytes)} of memory asked at once, it has {Mebi(MemoryBytes)}";
        return asked.Gpus > Gpus ? $"pool {pool.Name}: {asked.Gpus} GPUs asked at once, it has {Gpus}" : null;
    }

    /// <summary>Reserves for all of a gang, or says why not.</summary>
    public Admission Admit(IReadOnlyList<(EffectKey Key, TaskResources Resources)> gang)
    {
        lock (_lock)
        {
            var asked = gang.Select(one => one.Resources).ToArray();
            if (Misfit(asked) is { } never)
                return new Admission.Full(never);
            if (Lacking(Sum(asked)) is { } lacking)
            {
                if (_waiting is not { } first || first.Gang == gang[0].Key || first.Epoch < _releases)
                    _waiting = (gang[0].Key, _waiting is { } w && w.Gang == gang[0].Key ? w.Overtakes : 0, _releases);
                return new Admission.Full(lacking);
            }

            if (_waiting is { } waiting && waiting.Gang != gang[0].Key && waiting.Epoch == _releases)
            {
                if (waiting.Overtakes >= MostOvertakes)
                    return new Admission.Full($"pool {pool.Name}: kept free for a larger group that waits longer");
                _waiting = waiting with { Overtakes = waiting.Overtakes + 1 };
            }
            else
            {
                _waiting = null;
            }

            foreach (var (key, resources) in gang)
                Hold(key, resources);
            return Admission.Admitted.Instance;
        }
    }

    /// <summary>Reserves for a task that was found running: more may be given away than there is, until it
    /// ends.</summary>
    public void Retake(EffectKey key, TaskResources resources, IReadOnlyList<int> gpus)
    {
        lock (_lock)
        {
            if (_held.ContainsKey(key))
                return;
            _freeGpus.ExceptWith(gpus);
            _held[key] = new Holding(resources.Cpu, resources.MemoryBytes, gpus);
        }
    }

    /// <summary>The devices of a task, by number.</summary>
    public IReadOnlyList<int> GpusOf(EffectKey key)
    {
        lock (_lock)
            return _held.TryGetValue(key, out var holding) ? holding.Gpus : [];
    }

    /// <summary>Gives back; false when nothing was held.</summary>
    public bool Release(EffectKey key)
    {
        lock (_lock)
        {
            if (!_held.Remove(key, out var holding))
                return false;
            _releases++;
            _freeGpus.UnionWith(holding.Gpus);
            return true;
        }
    }

    /// <summary>What is given away now: cores, bytes, devices, tasks.</summary>
    public (int Cpus, long MemoryBytes, int Gpus, int Tasks) Used()
    {
        lock (_lock)
        {
            var (cpus, memory, gpus) = InUse();
            return (cpus, memory, gpus, _held.Count);
        }
    }

    private void Hold(EffectKey key, TaskResources resources)
    {
        var gpus = _freeGpus.Take(resources.Gpu).ToArray();
        _freeGpus.ExceptWith(gpus);
        _held[key] = new Holding(resources.Cpu, resources.MemoryBytes, gpus);
    }

    private string? Lacking(Demand asked)
    {
        var (cpus, memory, gpus) = InUse();
        if (cpus + asked.Cpus > Cpus)
            return $"pool {pool.Name}: {cpus} of {Cpus} CPUs in use, {asked.Cpus} asked";
        if (memory + asked.MemoryBytes > MemoryBytes)
            return $"pool {pool.Name}: {Mebi(memory)} of {Mebi(MemoryBytes)} memory in use, "
                + $"{Mebi(asked.MemoryBytes)} asked";
        return asked.Gpus > _freeGpus.Count
            ? $"pool {pool.Name}: {gpus} of {Gpus} GPUs in use, {asked.Gpus} asked"
            : null;
    }

    private Demand InUse()
    {
        var sum = default(Demand);
        foreach (var holding in _held.Values)
            sum = new Demand(
                sum.Cpus + holding.Cpus, sum.MemoryBytes + holding.MemoryBytes, sum.Gpus + holding.Gpus.Count);
        return sum;
    }

    private static Demand Sum(IReadOnlyList<TaskResources> gang)
    {
        var sum = default(Demand);
        foreach (var one in gang)
            sum = new Demand(sum.Cpus + one.Cpu, sum.MemoryBytes + one.MemoryBytes, sum.Gpus + one.Gpu);
        return sum;
    }

    private static string Mebi(long bytes) => $"{bytes >> 20} MiB";

    private sealed record Holding(int Cpus, long MemoryBytes, IReadOnlyList<int> Gpus);

    private readonly record struct Demand(int Cpus, long MemoryBytes, int Gpus);
}

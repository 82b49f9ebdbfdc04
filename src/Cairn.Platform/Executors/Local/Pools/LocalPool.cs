namespace Cairn.Platform.Executors.Local.Pools;

/// <summary>A named capacity of this machine, as cairn.yaml declares it.</summary>
public sealed record LocalPool
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "local";

    /// <summary>Whether tasks that name no pool go there.</summary>
    public bool Default { get; init; }

    /// <summary>Whole cores; null: all of the machine.</summary>
    public int? Cpus { get; init; }

    /// <summary>Bytes; null: all of the machine's memory.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Devices; null: as many as `nvidia-smi` lists.</summary>
    public int? Gpus { get; init; }

    /// <summary>How its groups reach each other and the world.</summary>
    public NetworkMode Network { get; init; }

    /// <summary>A rescheduled task asks for this many times the memory of the attempt before it; 1: the same again.</summary>
    public double RetryMemoryFactor { get; init; } = 1;

    /// <summary>Sources that tasks may mount by `volumeMounts`.</summary>
    public IReadOnlyList<string> AllowedMounts { get; init; } = [];
}

/// <summary>`network:` of a pool.</summary>
public enum NetworkMode
{
    /// <summary>A private network for each group of more than one task, and a way out; single tasks use the host's.</summary>
    Group,

    /// <summary>No network.</summary>
    None,

    /// <summary>The host's network for all.</summary>
    Host,
}

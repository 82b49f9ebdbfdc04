namespace Cairn.Platform.Projects;

/// <summary>A job of the catalogue: a named, reusable task (`jobs:`).</summary>
public sealed record ProjectJob
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The image reference; what stands for it here is in `images:`.</summary>
    public required string Image { get; init; }

    /// <summary>The program and its first arguments; at least one.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Further arguments; a call may replace them.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>Variables, in order; a call may add and replace.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>Cores, or null for the pool's default.</summary>
    public int? Cpu { get; init; }

    /// <summary>Devices, or null.</summary>
    public int? Gpu { get; init; }

    /// <summary>Bytes of memory, or null.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Bytes of disk, or null.</summary>
    public long? StorageBytes { get; init; }

    /// <summary>How long one task may run.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a failed task is tried again.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>How many equal tasks one execution has.</summary>
    public int Tasks { get; init; } = 1;

    /// <summary>The pool, or null for the default one.</summary>
    public string? Pool { get; init; }

    /// <summary>Where the output folder of each task is taken to: URLs of stores.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Locations that have it; empty: all.</summary>
    public IReadOnlyList<string> Locations { get; init; } = [];
}

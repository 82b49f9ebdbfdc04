using Cairn.Platform.Stores;
using Cairn.Platform.Triggers;
using YamlDotNet.RepresentationModel;

namespace Cairn.Platform.Projects;

/// <summary>A project: a folder, its state folder, and what its cairn.yaml says (architecture 11).</summary>
public sealed record Project
{
    /// <summary>The cairn.yaml, absolute, or null when there is none and all of this are defaults.</summary>
    public string? File { get; init; }

    /// <summary>The folder of cairn.yaml, absolute; without one the folder that holds the state folder.</summary>
    public required string Folder { get; init; }

    /// <summary>`$CAIRN_HOME`, absolute: journal, tasks, embedded stores that nobody placed elsewhere.</summary>
    public required string StateFolder { get; init; }

    /// <summary>`name:`, else the folder's name.</summary>
    public required string Name { get; init; }

    /// <summary>`stores:`, in order; null when the section is missing: stores are then made as they are
    /// named.</summary>
    public IReadOnlyList<DeclaredStore>? Stores { get; init; }

    /// <summary>`pools:`, in order, never empty; exactly one is the default.</summary>
    public IReadOnlyList<ProjectPool> Pools { get; init; } = [new ProjectPool { Name = "local", IsDefault = true }];

    /// <summary>`images:` followed by the built-in list; the first match wins.</summary>
    public IReadOnlyList<ProjectImage> Images { get; init; } = [];

    /// <summary>`limits:` by dotted name.</summary>
    public IReadOnlyDictionary<string, long> Limits { get; init; } = new SortedDictionary<string, long>();

    /// <summary>`lenient`: flows may use constructs that their language does not have.</summary>
    public bool Lenient { get; init; }

    /// <summary>`secrets.file`, absolute, `~` resolved; by default `~/.config/cairn/secrets.yaml`.</summary>
    public required string SecretsFile { get; init; }

    /// <summary>Whether cairn.yaml names the secrets file: then it must exist.</summary>
    public bool SecretsDeclared { get; init; }

    /// <summary>`journal.keep`.</summary>
    public TimeSpan JournalKeep { get; init; } = TimeSpan.FromDays(90);

    /// <summary>`environment:`, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>`http:`.</summary>
    public ProjectHttp Http { get; init; } = new();

    /// <summary>`jobs:`, in order.</summary>
    public IReadOnlyList<ProjectJob> Jobs { get; init; } = [];

    /// <summary>`policies:` as it stands, by section; what uses them reads them.</summary>
    public IReadOnlyDictionary<string, YamlMappingNode> Sections { get; init; } =
        new SortedDictionary<string, YamlMappingNode>();

    /// <summary>`mode:`, or null.</summary>
    public string? Mode { get; init; }

    /// <summary>`triggers:`, in order.</summary>
    public IReadOnlyList<Trigger> Triggers { get; init; } = [];

    /// <summary>`flows:`, absolute patterns.</summary>
    public IReadOnlyList<string> Flows { get; init; } = [];

    /// <summary>`graphs:`, absolute patterns.</summary>
    public IReadOnlyList<string> Graphs { get; init; } = [];

    /// <summary>What a person should know although nothing is wrong.</summary>
    public IReadOnlyList<ProjectProblem> Notices { get; init; } = [];

    /// <summary>The pool of runs that name none.</summary>
    public ProjectPool DefaultPool => Pools.First(pool => pool.IsDefault);

    /// <summary>The stores of this project.</summary>
    public StoreLayout StoreLayout => new(StateFolder, Folder, Stores ?? [], MakeUndeclared: Stores is null);
}

/// <summary>A named capacity of this machine.</summary>
public sealed record ProjectPool
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether runs that name no pool go here.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Cores, or null for all of the machine.</summary>
    public int? Cpus { get; init; }

    /// <summary>Bytes, or null for all of the machine.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Devices, or null for all that are found.</summary>
    public int? Gpus { get; init; }

    /// <summary>`none`, `group` or `host`.</summary>
    public string Network { get; init; } = "group";

    /// <summary>How often a task may be rescheduled.</summary>
    public int MaxRetryPerTask { get; init; }

    /// <summary>A rescheduled task asks for so many times the memory of the attempt before; 1: the same.</summary>
    public double RetryMemoryFactor { get; init; } = 1;

    /// <summary>Paths of the host that tasks may mount.</summary>
    public IReadOnlyList<string> AllowedMounts { get; init; } = [];

    /// <summary>Platform names that tasks may ask for.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>The platform of tasks that name none, or null.</summary>
    public string? DefaultPlatform { get; init; }

    /// <summary>Execution timeout where a graph has none, or null for 60 days (spec/osmo.md 1.4).</summary>
    public TimeSpan? DefaultExecTimeout { get; init; }

    /// <summary>Queue timeout where a graph has none, or null for 60 days.</summary>
    public TimeSpan? DefaultQueueTimeout { get; init; }

    /// <summary>Longer execution timeouts are cut to this, or null for 60 days.</summary>
    public TimeSpan? MaxExecTimeout { get; init; }

    /// <summary>Longer queue timeouts are cut to this, or null for 60 days.</summary>
    public TimeSpan? MaxQueueTimeout { get; init; }
}

/// <summary>What stands for an image (architecture 7).</summary>
public sealed record ProjectImage
{
    /// <summary>The image reference, `*` for any text.</summary>
    public required string Match { get; init; }

    /// <summary>
    /// A folder whose `bin/` comes first on PATH, absolute; `/` for the host as it is; null for the real image.
    /// </summary>
    public string? HostFolder { get; init; }

    /// <summary>Cores that replace what the graph asks for, or null to keep that.</summary>
    public int? Cpu { get; init; }

    /// <summary>Devices that replace what the graph asks for, or null.</summary>
    public int? Gpu { get; init; }

    /// <summary>Bytes of memory that replace what the graph asks for, or null.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Bytes of disk that replace what the graph asks for, or null.</summary>
    public long? StorageBytes { get; init; }

    /// <summary>`source[:place]`, absolute, read-only.</summary>
    public IReadOnlyList<string> Mounts { get; init; } = [];

    /// <summary>Variables of the image.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>Whether it came with Cairn, and not from cairn.yaml.</summary>
    public bool BuiltIn { get; init; }
}

using Cairn.Graphs.Tasks;

namespace Cairn.Graphs.Spec;

/// <summary>A task as validated: spec/osmo.md 1.6. Run-time tokens stand as they are.</summary>
public sealed record GraphTask
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Image reference as written.</summary>
    public required string Image { get; init; }

    /// <summary>The program and its first arguments; at least one.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Further arguments.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>Variables, in the order written.</summary>
    public IReadOnlyList<NameValue> Environment { get; init; } = [];

    /// <summary>Whether it decides how its group ends.</summary>
    public bool Lead { get; init; }

    /// <summary>What is brought before it starts, in order.</summary>
    public IReadOnlyList<TaskInput> Inputs { get; init; } = [];

    /// <summary>Where its output folder goes.</summary>
    public IReadOnlyList<TaskOutput> Outputs { get; init; } = [];

    /// <summary>Files kept beside its intermediate data.</summary>
    public IReadOnlyList<GraphKpi> Kpis { get; init; } = [];

    /// <summary>Files put into it; `localpath` ones are inlined.</summary>
    public IReadOnlyList<TaskFile> Files { get; init; } = [];

    /// <summary>Name of its resource entry.</summary>
    public string Resource { get; init; } = "default";

    /// <summary>Secrets it is given, by name.</summary>
    public IReadOnlyList<TaskCredential> Credentials { get; init; } = [];

    /// <summary>What exit codes mean, in the order in which they are tried: FAIL, COMPLETE, RESCHEDULE.</summary>
    public IReadOnlyList<ExitAction> ExitActions { get; init; } = [];

    /// <summary>Paths uploaded again and again.</summary>
    public IReadOnlyList<TaskCheckpoint> Checkpoints { get; init; } = [];

    /// <summary>As written.</summary>
    public bool Privileged { get; init; }

    /// <summary>As written.</summary>
    public bool HostNetwork { get; init; }

    /// <summary>`src[:dst]` as written.</summary>
    public IReadOnlyList<string> VolumeMounts { get; init; } = [];

    /// <summary>`download` or null.</summary>
    public string? DownloadType { get; init; }

    /// <summary>A quantity, or a percentage of the storage.</summary>
    public string? CacheSize { get; init; }
}

/// <summary>A named result file.</summary>
/// <param name="Index">Its name or number, as text.</param>
/// <param name="Path">Relative to the output folder.</param>
public sealed record GraphKpi(string Index, string Path);

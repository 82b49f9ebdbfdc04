using System.Text.Json.Serialization;

namespace Cairn.Graphs.Tasks;

/// <summary>
/// One attempt at one task, as an executor gets it: the request of an effect of kind <see cref="TaskJson.Kind"/>.
/// Strings still hold the tokens `{{output}}`, `{{input:N}}`, `{{input:task}}` and `{{host:task}}`; the executor
/// resolves them with <see cref="TaskTokens"/> for its own places. `{{workflow_id}}` is already resolved.
/// </summary>
public sealed record TaskOrder
{
    /// <summary>The run's id, `name-n`.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>The run's uid, 32 hexadecimal digits.</summary>
    public required string WorkflowUid { get; init; }

    /// <summary>Name of the group.</summary>
    public required string Group { get; init; }

    /// <summary>Name of the task.</summary>
    public required string Task { get; init; }

    /// <summary>0 for the first attempt, one more for each RESCHEDULE.</summary>
    public int RetryId { get; init; }

    /// <summary>Whether it leads its group.</summary>
    public bool Lead { get; init; }

    /// <summary>All tasks of the group in order, this one among them: a private network has a name for each.</summary>
    public required IReadOnlyList<string> Members { get; init; }

    /// <summary>
    /// Report <see cref="TaskPhase.Ready"/> when inputs are there, then wait for <see cref="TaskVerb.Go"/> before the
    /// command starts.
    /// </summary>
    public bool Barrier { get; init; }

    /// <summary>The image reference as written; with a digest once it is pinned.</summary>
    public required string Image { get; init; }

    /// <summary>`command` followed by `args`.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Environment variables, in order.</summary>
    public IReadOnlyList<NameValue> Environment { get; init; } = [];

    /// <summary>Inputs in order: the index is the position.</summary>
    public IReadOnlyList<TaskInput> Inputs { get; init; } = [];

    /// <summary>Where the output folder is uploaded to.</summary>
    public IReadOnlyList<TaskOutput> Outputs { get; init; } = [];

    /// <summary>
    /// Whether the output folder is also kept as the task's intermediate data: a group downstream may read it, or the
    /// task has no outputs (spec/osmo.md 4.3).
    /// </summary>
    public bool KeepIntermediate { get; init; }

    /// <summary>Files, relative to the output folder, kept beside the intermediate data.</summary>
    public IReadOnlyList<string> Kpis { get; init; } = [];

    /// <summary>Files put into the task before it starts.</summary>
    public IReadOnlyList<TaskFile> Files { get; init; } = [];

    /// <summary>Paths uploaded again and again while the command runs, and once more at its end.</summary>
    public IReadOnlyList<TaskCheckpoint> Checkpoints { get; init; } = [];

    /// <summary>Credentials by name; never their values.</summary>
    public IReadOnlyList<TaskCredential> Credentials { get; init; } = [];

    /// <summary>What it asks of the machine.</summary>
    public TaskResources Resources { get; init; } = new();

    /// <summary>The pool that admits it.</summary>
    public string Pool { get; init; } = "";

    /// <summary>`src[:dst]` as written.</summary>
    public IReadOnlyList<string> VolumeMounts { get; init; } = [];

    /// <summary>As written.</summary>
    public bool Privileged { get; init; }

    /// <summary>As written.</summary>
    public bool HostNetwork { get; init; }

    /// <summary>
    /// Whether an ended task with the same order, image and input contents may give its outputs instead (`--reuse`);
    /// <see cref="TaskResult.ReusedFrom"/> then names its run.
    /// </summary>
    public bool Reuse { get; init; }
}

/// <summary>A name and its value.</summary>
public sealed record NameValue(string Name, string Value);

/// <summary>An input: exactly one of an upstream task and a URL. `Workflow` is set for `workflow_id:task`.</summary>
public sealed record TaskInput(string? Task, string? Workflow, string? Url, string? Regex);

/// <summary>An upload of the output folder's contents to a URL.</summary>
public sealed record TaskOutput(string Url, string? Regex);

/// <summary>A file: its absolute path in the task and its contents, base64 when <paramref name="Base64"/>.</summary>
public sealed record TaskFile(string Path, string Contents, bool Base64);

/// <summary>
/// A checkpoint loop; the next upload starts <paramref name="FrequencySeconds"/> after the last one ended.
/// </summary>
public sealed record TaskCheckpoint(string Path, string Url, double FrequencySeconds, string? Regex);

/// <summary>
/// A credential: either a folder that gets a file per payload key, or environment variables from payload keys.
/// </summary>
public sealed record TaskCredential(string Name, string? Folder, IReadOnlyList<NameValue> Variables);

/// <summary>What a task asks for.</summary>
public sealed record TaskResources
{
    /// <summary>Whole cores.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Cpu { get; init; } = 1;

    /// <summary>Devices.</summary>
    public int Gpu { get; init; }

    /// <summary>Bytes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public long MemoryBytes { get; init; } = 1L << 30;

    /// <summary>Bytes of ephemeral disk.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public long StorageBytes { get; init; } = 1L << 30;

    /// <summary>Node class, or empty.</summary>
    public string Platform { get; init; } = "";

    /// <summary>Whether the graph wrote any of it (else these are the defaults of spec/osmo.md 1.7).</summary>
    public bool Declared { get; init; }
}

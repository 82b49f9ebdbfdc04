using Cairn.Engine.Runs;
using Cairn.Graphs.Program;
using Cairn.Graphs.Spec;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Projects;

namespace Cairn.Platform.Jobs;

/// <summary>One execution of a job to be: what the catalogue says and what the caller changes.</summary>
/// <param name="Job">The job of the catalogue.</param>
public sealed record JobLaunch(ProjectJob Job)
{
    private const string AnyFailure = "1-9999";

    /// <summary>Replaces the command; null: the job's.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Replaces the arguments; null: the job's.</summary>
    public IReadOnlyList<string>? Args { get; init; }

    /// <summary>Variables that are added or replace the job's.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>URLs that are brought before it starts; each variable names the folder where it then lies.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Inputs { get; init; } = [];

    /// <summary>How many equal tasks; null: the job's.</summary>
    public int? Tasks { get; init; }

    /// <summary>How long one task may run; null: the job's.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Labels of the run.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>
    /// The run: a graph with a group for each task, so that it queues, retries, is logged and shown as any other.
    /// </summary>
    /// <param name="uid">Its identity.</param>
    /// <param name="pools">Those of the project.</param>
    public NewRun NewRun(RunUid uid, IReadOnlyList<ProjectPool> pools)
    {
        var pool = pools.FirstOrDefault(pool => pool.Name == Job.Pool) ?? pools.First(pool => pool.IsDefault);
        var definition = new GraphDefinition
        {
            Spec = Spec(),
            Pool = new GraphPool { Name = pool.Name, MaxRetryPerTask = Job.Retries },
        };
        return new NewRun(uid, Job.Name, GraphFamily.Word, GraphFamily.Pin(definition), default) { Labels = Labels };
    }

    /// <summary>As much of each task as a pool looks at.</summary>
    public TaskOrder Order(IReadOnlyList<ProjectPool> pools) => new()
    {
        WorkflowId = "",
        WorkflowUid = "",
        Group = "",
        Task = Job.Name,
        Members = [],
        Image = Job.Image,
        Command = Command ?? Job.Command,
        Pool = Job.Pool ?? pools.First(pool => pool.IsDefault).Name,
        Resources = new TaskResources
        {
            Cpu = Job.Cpu ?? 1,
            Gpu = Job.Gpu ?? 0,
            MemoryBytes = Job.MemoryBytes ?? new TaskResources().MemoryBytes,
            StorageBytes = Job.StorageBytes ?? new TaskResources().StorageBytes,
        },
    };

    private GraphSpec Spec()
    {
        var count = Tasks ?? Job.Tasks;
        return new GraphSpec
        {
            Name = Job.Name,
            ExecTimeoutSeconds = (Timeout ?? Job.Timeout).TotalSeconds,
            Resources =
            [
                new GraphResource
                {
                    Name = "default",
                    Cpu = Job.Cpu,
                    Gpu = Job.Gpu,
                    Memory = Amount(Job.MemoryBytes),
                    Storage = Amount(Job.StorageBytes),
                },
            ],
            Groups = [.. Enumerable.Range(0, count).Select(index => Group(index, count))],
        };
    }

    private static string? Amount(long? bytes) => bytes is null ? null : $"{bytes}B";

    private GraphGroup Group(int index, int count)
    {
        var name = count == 1 ? "task" : $"task-{index}";
        return new GraphGroup
        {
            Name = $"{name}-group",
            Tasks =
            [
                new GraphTask
                {
                    Name = name,
                    Image = Job.Image,
                    Command = Command ?? Job.Command,
                    Args = Args ?? Job.Args,
                    Environment = Variables(index, count),
                    Lead = true,
                    Inputs = [.. Inputs.Select(input => new TaskInput(null, null, input.Value, null))],
                    Outputs = [.. Job.Outputs.Select(url => new TaskOutput(url, null))],
                    ExitActions = Job.Retries > 0 ? [new ExitAction(ExitVerb.RESCHEDULE, AnyFailure)] : [],
                },
            ],
        };
    }

    // The variables that a container of this service may count on, then the job's, then the caller's.
    private List<NameValue> Variables(int index, int count)
    {
        List<NameValue> all =
        [
            new("CLOUD_RUN_JOB", Job.Name), new("CLOUD_RUN_EXECUTION", "{{workflow_id}}"),
            new("CLOUD_RUN_TASK_INDEX", $"{index}"), new("CLOUD_RUN_TASK_COUNT", $"{count}"),
        ];
        var inputs = Inputs.Select((input, at) => KeyValuePair.Create(input.Key, $"{{{{input:{at}}}}}"));
        foreach (var (name, value) in Job.Environment.Concat(inputs).Concat(Environment))
        {
            all.RemoveAll(known => known.Name == name);
            all.Add(new NameValue(name, value));
        }

        return all;
    }
}

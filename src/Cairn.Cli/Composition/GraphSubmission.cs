using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;
using Cairn.Engine.Hosting;
using Cairn.Engine.Runs;
using Cairn.Graphs.Program;
using Cairn.Graphs.Spec;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Projects;

namespace Cairn.Cli.Composition;

/// <summary>A valid graph on its way to becoming a run: what only this machine can decide about it.</summary>
/// <param name="Spec">The graph.</param>
/// <param name="Pool">Where it shall run.</param>
internal sealed record GraphSubmission(GraphSpec Spec, ProjectPool Pool)
{
    /// <summary>Labels beside the graph's own.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>Whether a task may take the outputs of an equal one that ended before.</summary>
    public bool Reuse { get; init; }

    /// <summary>The run to create, its images pinned to what they are now.</summary>
    public async Task<NewRun> NewRunAsync(Workshop workshop, Action<string> say, CancellationToken stop)
    {
        var pins = new ImagePins(
            new ImageTable(workshop.Site.Project.Images, Tools.Find()), Tools.Find(),
            workshop.Site.Project.StateFolder);
        var images = new List<PinnedImage>();
        foreach (var image in Spec.Groups.SelectMany(group => group.Tasks).Select(task => task.Image).Distinct())
            if (await pins.Pin(image, name => say($"fetching image {name}"), stop) is { } digested)
                images.Add(new PinnedImage(image, digested));
        var pinned = GraphFamily.Pin(Definition() with { Images = images });
        return new(EngineHost.NewUid(), Spec.Name, GraphFamily.Word, pinned, default) { Labels = AllLabels() };
    }

    /// <summary>
    /// Throws <see cref="CommandFailure"/> (3) with everything that this machine lacks: images that nothing stands for,
    /// groups that are larger than the pool.
    /// </summary>
    public void RequireCapacity(Workshop workshop)
    {
        var images = new ImageTable(workshop.Site.Project.Images, Tools.Find());
        var problems = Spec.Groups.SelectMany(group => group.Tasks).Select(task => task.Image).Distinct()
            .Select(images.Resolve)
            .OfType<ImageChoice.Refused>()
            .Select(refused => new Problem(refused.Reason, Hint: refused.Hint))
            .ToList();
        foreach (var group in problems.Count > 0 ? [] : Spec.Groups)
            if (workshop.Executor.Misfit([.. group.Tasks.Select(OrderOf)]) is { } misfit)
                problems.Add(new Problem(
                    $"group {group.Name} can never run: {misfit}",
                    Hint: "ask for less under resources:, or split the group"));
        if (problems.Count > 0)
            throw new CommandFailure(ExitCode.Precondition, problems);
    }

    private GraphDefinition Definition() => new()
    {
        Spec = Spec,
        Reuse = Reuse,
        Pool = new GraphPool
        {
            Name = Pool.Name,
            MaxRetryPerTask = Pool.MaxRetryPerTask,
            DefaultExecTimeoutSeconds = Seconds(Pool.DefaultExecTimeout),
            DefaultQueueTimeoutSeconds = Seconds(Pool.DefaultQueueTimeout),
            MaxExecTimeoutSeconds = Seconds(Pool.MaxExecTimeout),
            MaxQueueTimeoutSeconds = Seconds(Pool.MaxQueueTimeout),
        },
    };

    private IReadOnlyList<KeyValuePair<string, string>> AllLabels()
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var label in Spec.Labels)
            labels[label.Name] = label.Value;
        foreach (var label in Labels)
            labels[label.Key] = label.Value;
        return [.. labels];
    }

    /// <summary>As much of an order as a pool looks at.</summary>
    private TaskOrder OrderOf(GraphTask task) => new()
    {
        WorkflowId = "",
        WorkflowUid = "",
        Group = "",
        Task = task.Name,
        Members = [],
        Image = task.Image,
        Command = task.Command,
        Pool = Pool.Name,
        Resources = ResourcesOf(task.Resource),
    };

    private TaskResources ResourcesOf(string name)
    {
        var plain = new TaskResources();
        return Spec.Resources.FirstOrDefault(resource => resource.Name == name) is not { } asked
            ? plain
            : plain with
            {
                Cpu = asked.Cpu ?? plain.Cpu,
                Gpu = asked.Gpu ?? plain.Gpu,
                MemoryBytes = asked.Memory is { } memory ? Quantity.Bytes(memory) : plain.MemoryBytes,
                StorageBytes = asked.Storage is { } storage ? Quantity.Bytes(storage) : plain.StorageBytes,
            };
    }

    private static double Seconds(TimeSpan? time) => time?.TotalSeconds ?? GraphPool.SixtyDays;
}

using Cairn.Engine.Programs;
using Cairn.Graphs.Spec;
using Cairn.Graphs.Tasks;

namespace Cairn.Graphs.Program;

/// <summary>Makes the effect of one attempt at one task, with `{{workflow_id}}` resolved (spec/osmo.md 2.5).</summary>
internal sealed class TaskOrders(GraphState state)
{
    private readonly SortedDictionary<string, TaskResources> _resources = Resources(state.Definition.Spec);
    private readonly SortedDictionary<string, string> _images = Images(state.Definition);

    /// <summary>The ask for a task's newest attempt.</summary>
    public Ask Ask(TaskState task) => new(TaskJson.Kind, TaskJson.Write(Order(task)))
    {
        Gang = task.Group.Group.Name,
        Queue = state.Definition.Pool.Name,
        Attempt = task.RetryId,

        // Its group has capacity already and may wait for it at the barrier: behind a new group both would wait for
        // ever.
        Priority = task.RetryId > 0 ? 1 : 0,
        Label = task.Task.Name,
    };

    private TaskOrder Order(TaskState attempt)
    {
        var (task, group) = (attempt.Task, attempt.Group);
        var tokens = new TaskTokens(state.WorkflowId, null, [], [], new SortedDictionary<string, string>());
        string Resolved(string text) => tokens.Resolve(text);
        string? Maybe(string? text) => text is null ? null : tokens.Resolve(text);
        NameValue Pair(NameValue pair) => new(Resolved(pair.Name), Resolved(pair.Value));
        return new TaskOrder
        {
            WorkflowId = state.WorkflowId,
            WorkflowUid = state.WorkflowUid,
            Group = group.Group.Name,
            Task = task.Name,
            RetryId = attempt.RetryId,
            Lead = task.Lead,
            Members = Array.ConvertAll(group.Tasks, member => member.Task.Name),
            Barrier = group.HasBarrier,
            Image = Resolved(_images.GetValueOrDefault(task.Image, task.Image)),
            Command = [.. task.Command.Concat(task.Args).Select(Resolved)],
            Environment = [.. task.Environment.Select(Pair)],
            Inputs = [.. task.Inputs.Select(input =>
                input with { Url = Maybe(input.Url), Regex = Maybe(input.Regex) })],
            Outputs = [.. task.Outputs.Select(output => new TaskOutput(Resolved(output.Url), Maybe(output.Regex)))],
            KeepIntermediate = group.Downstream.Count > 0 || task.Outputs.Count == 0,
            Kpis = [.. task.Kpis.Select(kpi => Resolved(kpi.Path))],
            Files = [.. task.Files.Select(file =>
                file with { Path = Resolved(file.Path), Contents = Resolved(file.Contents) })],
            Checkpoints = [.. task.Checkpoints.Select(checkpoint => checkpoint with
            {
                Path = Resolved(checkpoint.Path), Url = Resolved(checkpoint.Url), Regex = Maybe(checkpoint.Regex),
            })],
            Credentials = [.. task.Credentials.Select(credential => new TaskCredential(
                Resolved(credential.Name), Maybe(credential.Folder), [.. credential.Variables.Select(Pair)]))],
            Resources = _resources.GetValueOrDefault(task.Resource) ?? new TaskResources(),
            Pool = state.Definition.Pool.Name,
            VolumeMounts = [.. task.VolumeMounts.Select(Resolved)],
            Privileged = task.Privileged,
            HostNetwork = task.HostNetwork,
            Reuse = state.Definition.Reuse,
        };
    }

    private static SortedDictionary<string, TaskResources> Resources(GraphSpec spec)
    {
        var all = new SortedDictionary<string, TaskResources>(StringComparer.Ordinal);
        var unset = new TaskResources();
        foreach (var entry in spec.Resources)
            all[entry.Name] = new TaskResources
            {
                Cpu = entry.Cpu ?? unset.Cpu,
                Gpu = entry.Gpu ?? unset.Gpu,
                MemoryBytes = entry.Memory is { } memory ? Quantity.Bytes(memory) : unset.MemoryBytes,
                StorageBytes = entry.Storage is { } storage ? Quantity.Bytes(storage) : unset.StorageBytes,
                Platform = entry.Platform ?? "",
                Declared = entry is not { Cpu: null, Gpu: null, Memory: null, Storage: null, Platform: null },
            };
        return all;
    }

    private static SortedDictionary<string, string> Images(GraphDefinition definition)
    {
        var images = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var image in definition.Images)
            images[image.Written] = image.Pinned;
        return images;
    }
}

using System.Buffers;
using System.Text.Json;
using Cairn.Graphs.Tasks;

namespace Cairn.Graphs.Program;

/// <summary>A graph run's state as plain data: only groups that have begun, tasks by name, defaults left out.</summary>
internal sealed record GraphSnapshot
{
    private const int Format = 1;

    /// <summary>The format's number.</summary>
    public int Version { get; init; } = Format;

    /// <summary>The run's id.</summary>
    public string Id { get; init; } = "";

    /// <summary>The run's uid.</summary>
    public string Uid { get; init; } = "";

    /// <summary>The word last shown.</summary>
    public string Shown { get; init; } = "";

    /// <summary>Whether the run has ended.</summary>
    public bool HasEnded { get; init; }

    /// <summary>Groups that are not as they were at the beginning.</summary>
    public IReadOnlyList<SavedGroup> Groups { get; init; } = [];

    /// <summary>Live effects that are not their task's newest: attempts that are being stopped.</summary>
    public IReadOnlyList<SavedEffect> Stopping { get; init; } = [];

    /// <summary>Writes a state.</summary>
    public static void Write(GraphState state, IBufferWriter<byte> target)
    {
        using var json = new Utf8JsonWriter(target);
        JsonSerializer.Serialize(json, Of(state), GraphJson.Default.GraphSnapshot);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static GraphSnapshot Read(ReadOnlyMemory<byte> json)
    {
        var snapshot = JsonSerializer.Deserialize(json.Span, GraphJson.Default.GraphSnapshot)
            ?? throw new JsonException("a graph's snapshot is an object");
        return snapshot.Version == Format
            ? snapshot
            : throw new JsonException($"a graph's snapshot of format {snapshot.Version} is newer than this program");
    }

    /// <summary>Brings a state of the same definition to where this one was.</summary>
    public void ApplyTo(GraphState state)
    {
        (state.WorkflowId, state.WorkflowUid, state.Shown, state.HasEnded) = (Id, Uid, Shown, HasEnded);
        foreach (var saved in Groups)
        {
            var group = state.Group(saved.Name) ?? throw new JsonException($"no group is called {saved.Name}");
            saved.ApplyTo(group, state);
        }

        foreach (var effect in Stopping)
            state.Add(effect.Effect, state.TaskNamed(effect.Task)
                ?? throw new JsonException($"no task is called {effect.Task}"));
        foreach (var group in state.Groups)
            group.UpstreamLeft = group.Upstream.Count(upstream => upstream.Status != TaskStatus.Completed);
    }

    private static GraphSnapshot Of(GraphState state) => new()
    {
        Id = state.WorkflowId,
        Uid = state.WorkflowUid,
        Shown = state.Shown,
        HasEnded = state.HasEnded,
        Groups = state.Groups.Where(group => group.Status != TaskStatus.Waiting)
            .Select(group => SavedGroup.Of(group, state)).ToList(),
        Stopping = state.LiveEffects.Where(live => live.Task.Effect != live.Effect)
            .Select(live => new SavedEffect(live.Effect, live.Task.Task.Name)).ToList(),
    };
}

/// <summary>A live effect and its task.</summary>
internal sealed record SavedEffect(long Effect, string Task);

/// <summary>A group that has begun.</summary>
internal sealed record SavedGroup
{
    public required string Name { get; init; }

    public TaskStatus Status { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Ended { get; init; }

    public IReadOnlyList<SavedTask> Tasks { get; init; } = [];

    public static SavedGroup Of(GroupState group, GraphState state) => new()
    {
        Name = group.Group.Name,
        Status = group.Status,
        Reason = group.Reason.Length == 0 ? null : group.Reason,
        Started = group.Started,
        Ended = group.Ended,
        Tasks = group.Tasks.Select(task => SavedTask.Of(task, state.Task(task.Effect) == task)).ToList(),
    };

    public void ApplyTo(GroupState group, GraphState state)
    {
        state.Move(group, Status);
        (group.Reason, group.Started, group.Ended) = (Reason ?? "", Started, Ended);
        foreach (var saved in Tasks)
            saved.ApplyTo(Array.Find(group.Tasks, task => task.Task.Name == saved.Name)
                ?? throw new JsonException($"no task of group {Name} is called {saved.Name}"), state);
        group.Unfinished = group.Tasks.Count(task => !task.Status.IsEnd());
        group.AtBarrier = group.Tasks.Count(task => task.AtBarrier);
    }
}

/// <summary>A task of a group that has begun.</summary>
internal sealed record SavedTask
{
    public required string Name { get; init; }

    public TaskStatus Status { get; init; }

    public TaskPhase? Phase { get; init; }

    public string? WaitsFor { get; init; }

    public int RetryId { get; init; }

    public long Effect { get; init; }

    public bool Live { get; init; }

    public bool AtBarrier { get; init; }

    public bool Gone { get; init; }

    public bool Waits { get; init; }

    public int Messages { get; init; }

    public int? ExitCode { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Ended { get; init; }

    public string? ReusedFrom { get; init; }

    public string? ReplacedImage { get; init; }

    public IReadOnlyList<PastAttempt>? Past { get; init; }

    public static SavedTask Of(TaskState task, bool live) => new()
    {
        Name = task.Task.Name,
        Status = task.Status,
        Phase = task.Phase,
        WaitsFor = task.WaitsFor.Length == 0 ? null : task.WaitsFor,
        RetryId = task.RetryId,
        Effect = task.Effect,
        Live = live,
        AtBarrier = task.AtBarrier,
        Gone = task.Gone,
        Waits = task.Waits,
        Messages = task.Messages,
        ExitCode = task.ExitCode,
        Reason = task.Reason.Length == 0 ? null : task.Reason,
        Started = task.Started,
        Ended = task.Ended,
        ReusedFrom = task.ReusedFrom,
        ReplacedImage = task.ReplacedImage,
        Past = task.Past,
    };

    public void ApplyTo(TaskState task, GraphState state)
    {
        (task.Status, task.Phase, task.RetryId, task.Effect) = (Status, Phase, RetryId, Effect);
        (task.AtBarrier, task.Gone, task.Waits, task.Messages) = (AtBarrier, Gone, Waits, Messages);
        (task.ExitCode, task.Reason, task.Started, task.Ended) = (ExitCode, Reason ?? "", Started, Ended);
        (task.ReusedFrom, task.ReplacedImage) = (ReusedFrom, ReplacedImage);
        task.WaitsFor = WaitsFor ?? "";
        task.Past = Past?.ToList();
        if (Live)
            state.Add(Effect, task);
    }
}

using System.Buffers;
using System.Text.Json;
using Cairn.Graphs.Tasks;

namespace Cairn.Graphs.Program;

/// <summary>What a person may see of a graph run: its state, groups and tasks, and what each waits for.</summary>
internal static class GraphDescription
{
    /// <summary>`{"state","groups":[…],"tasks":[…],"waiting_for"}`.</summary>
    public static void Write(GraphState state, IBufferWriter<byte> target)
    {
        using var json = new Utf8JsonWriter(target);
        json.WriteStartObject();
        json.WriteString("state", state.Shown.Length > 0 ? state.Shown : "PENDING");
        json.WriteStartArray("groups");
        foreach (var group in state.Groups)
            Group(json, group);
        json.WriteEndArray();
        var images = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var image in state.Definition.Images)
            images[image.Written] = image.Pinned;
        var waiting = Tasks(json, state, images);
        if (waiting is not null)
            json.WriteString("waiting_for", waiting);
        json.WriteEndObject();
    }

    /// <summary>The result of a run that ended: the same document.</summary>
    public static ReadOnlyMemory<byte> Result(GraphState state)
    {
        var json = new ArrayBufferWriter<byte>();
        Write(state, json);
        return json.WrittenMemory;
    }

    private static void Group(Utf8JsonWriter json, GroupState group)
    {
        json.WriteStartObject();
        json.WriteString("name", group.Group.Name);
        json.WriteString("state", group.Status.Word());
        Text(json, "reason", group.Reason);
        Time(json, "started", group.Started);
        Time(json, "ended", group.Ended);
        json.WriteEndObject();
    }

    private static string? Tasks(
        Utf8JsonWriter json, GraphState state, SortedDictionary<string, string> images)
    {
        string? first = null;
        json.WriteStartArray("tasks");
        foreach (var task in state.Groups.SelectMany(group => group.Tasks))
        {
            var waits = WaitsFor(task, state);
            first ??= waits is null ? null : $"{task.Task.Name}: {waits}";
            Task(json, task, waits, images.GetValueOrDefault(task.Task.Image, task.Task.Image));
        }

        json.WriteEndArray();
        return first;
    }

    private static void Task(Utf8JsonWriter json, TaskState task, string? waits, string image)
    {
        json.WriteStartObject();
        json.WriteString("name", task.Task.Name);
        json.WriteString("group", task.Group.Group.Name);
        json.WriteString("state", task.Status.Word());
        if (task.ExitCode is { } code)
            json.WriteNumber("exit_code", code);
        else
            json.WriteNull("exit_code");
        json.WriteString("reason", task.Reason);
        json.WriteNumber("retry_id", task.RetryId);
        Time(json, "started", task.Started);
        Time(json, "ended", task.Ended);
        json.WriteBoolean("lead", task.Task.Lead);
        if (task.Phase is { } phase)
            json.WriteString("phase", phase.ToString().ToLowerInvariant());
        Text(json, "waiting_for", waits);
        Text(json, "reused_from", task.ReusedFrom);
        json.WriteString("image", image);
        Text(json, "replaced_image", task.ReplacedImage);
        if (task.Past is { } past)
            Past(json, past);
        json.WriteEndObject();
    }

    private static void Past(Utf8JsonWriter json, List<PastAttempt> past)
    {
        json.WriteStartArray("past");
        foreach (var attempt in past)
        {
            json.WriteStartObject();
            json.WriteNumber("retry_id", attempt.RetryId);
            json.WriteString("state", TaskStatus.Rescheduled.Word());
            json.WriteNumber("exit_code", attempt.ExitCode);
            json.WriteString("reason", attempt.Reason);
            Time(json, "started", attempt.Started);
            Time(json, "ended", attempt.Ended);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string? WaitsFor(TaskState task, GraphState state)
    {
        var group = task.Group;
        return task.Status switch
        {
            TaskStatus.Waiting => Upstream(group),
            TaskStatus.Initializing or TaskStatus.Running when task.WaitsFor.Length > 0 => task.WaitsFor,
            TaskStatus.Scheduling => $"pool {state.Definition.Pool.Name} to take it",
            TaskStatus.Initializing => "its place and image",
            TaskStatus.Running when task.Waits => Barrier(group),
            TaskStatus.Running when task.Phase == TaskPhase.Downloading => "its inputs",
            TaskStatus.Running when task.Phase == TaskPhase.Uploading => "its outputs to be taken away",
            _ => null,
        };
    }

    private static string Upstream(GroupState group)
    {
        var open = group.Upstream.Where(upstream => upstream.Status != TaskStatus.Completed)
            .Select(upstream => upstream.Group.Name).ToList();
        return open.Count switch
        {
            0 => "its turn",
            1 => $"group {open[0]}",
            _ => $"{open.Count} groups, {open[0]} first",
        };
    }

    private static string Barrier(GroupState group)
    {
        var missing = Array.Find(group.Tasks, task => !task.Status.IsEnd() && !task.AtBarrier);
        var count = $"the barrier: {group.AtBarrier} of {group.Unfinished} ready";
        return missing is null ? count : $"{count}, {missing.Task.Name} is not";
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            json.WriteString(name, text);
    }

    private static void Time(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } at)
            json.WriteString(name, at);
        else
            json.WriteNull(name);
    }
}

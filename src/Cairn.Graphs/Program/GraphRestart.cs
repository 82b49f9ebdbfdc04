using System.Text.Json;
using Cairn.Graphs.Spec;

namespace Cairn.Graphs.Program;

/// <summary>
/// A new definition that repeats part of an ended run (spec/osmo.md 3.10): inputs from tasks that are not repeated are
/// read from the old run, as `old-id:task`. Closed.
/// </summary>
public abstract record GraphRestart
{
    private GraphRestart() { }

    /// <summary>What to run.</summary>
    public sealed record Planned(GraphDefinition Definition) : GraphRestart;

    /// <summary>Why there is nothing to run, in one sentence.</summary>
    public sealed record Refused(string Message) : GraphRestart;

    /// <summary>
    /// Repeats the groups that failed. <paramref name="description"/> is the old run's document of `runs show`, or its
    /// result: the groups' states are read from it.
    /// </summary>
    public static GraphRestart Failed(GraphDefinition old, string oldId, ReadOnlyMemory<byte> description)
    {
        using var document = JsonDocument.Parse(description);
        var state = document.RootElement.GetProperty("state").GetString() ?? "";
        if (!state.StartsWith("FAILED", StringComparison.Ordinal))
            return new Refused($"Restart can only be used on FAILED workflows: Workflow {oldId} has status {state}");
        var failed = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var group in document.RootElement.GetProperty("groups").EnumerateArray())
            if (group.GetProperty("state").GetString()!.StartsWith("FAILED", StringComparison.Ordinal))
                failed.Add(group.GetProperty("name").GetString()!);
        return Repeat(old, oldId, failed);
    }

    /// <summary>Repeats the group of a task and all that depends on it, whatever became of them.</summary>
    public static GraphRestart From(GraphDefinition old, string oldId, string task)
    {
        var begun = old.Spec.Groups.FirstOrDefault(group => group.Tasks.Any(member => member.Name == task));
        if (begun is null)
            return new Refused($"Workflow {oldId} has no task {task}");
        var repeated = new SortedSet<string>(StringComparer.Ordinal) { begun.Name };
        var tasks = new SortedSet<string>(begun.Tasks.Select(member => member.Name), StringComparer.Ordinal);
        // A group stands behind all that it needs: one pass finds everything downstream.
        foreach (var group in old.Spec.Groups)
        {
            var reads = group.Tasks.SelectMany(member => member.Inputs)
                .Any(input => input is { Task: { } name, Workflow: null } && tasks.Contains(name));
            if (!reads)
                continue;
            repeated.Add(group.Name);
            tasks.UnionWith(group.Tasks.Select(member => member.Name));
        }

        return Repeat(old, oldId, repeated);
    }

    private static Planned Repeat(GraphDefinition old, string oldId, SortedSet<string> kept)
    {
        var groups = old.Spec.Groups.Where(group => kept.Contains(group.Name)).ToList();
        var tasks = new SortedSet<string>(
            groups.SelectMany(group => group.Tasks).Select(task => task.Name), StringComparer.Ordinal);
        var rewritten = groups.ConvertAll(group => group with
        {
            Tasks = group.Tasks.Select(task => Rewritten(task, oldId, tasks)).ToList(),
        });
        return new Planned(old with { Spec = old.Spec with { Groups = rewritten }, RestartOf = oldId });
    }

    private static GraphTask Rewritten(GraphTask task, string oldId, SortedSet<string> kept) => task with
    {
        Inputs = task.Inputs.Select(input =>
            input is { Task: { } name, Workflow: null } && !kept.Contains(name)
                ? input with { Workflow = oldId }
                : input).ToList(),
    };
}

using System.Text.Json;
using Cairn.Cli.Runs;
using Cairn.Engine.Shells;

namespace Cairn.Cli.Commands.Runs.Why;

/// <summary>Why a run is as it is.</summary>
/// <param name="Run">Its id.</param>
/// <param name="Cause">The dominant reason in one sentence.</param>
/// <param name="Evidence">What it follows from.</param>
/// <param name="Action">What to do next, or null.</param>
internal sealed record Reason(string Run, string Cause, IReadOnlyList<string> Evidence, string? Action)
{
    /// <summary>The reason of a run; <paramref name="waits"/> is what its owner's performers say.</summary>
    public static Reason Of(RunDocument run, IReadOnlyList<Wait> waits)
    {
        var tasks = run.Tasks?.EnumerateArray().ToList() ?? [];
        if (waits.OfType<Wait.ForResume>().FirstOrDefault() is { } parked)
            return new Reason(
                run.Id, $"it is parked: {run.State}", parked.Message.Length > 0 ? [parked.Message] : [],
                $"cairn runs resume {run.Id}");
        if (tasks.FirstOrDefault(IsRoot) is { ValueKind: JsonValueKind.Object } failed)
            return Failed(run, failed, tasks);
        if (run.Error is { ValueKind: JsonValueKind.Object } raised)
            return Raised(run, raised);
        if (waits.OfType<Wait.ForCapacity>().FirstOrDefault() is { } capacity)
            return new Reason(
                run.Id, $"{capacity.Label} waits for capacity",
                [capacity.Reason ?? $"queue {capacity.Queue}: not offered yet"], "cairn pool list");
        if (run.WaitingFor is { } waiting)
            return new Reason(run.Id, $"it waits for {waiting}", Waiting(tasks), $"cairn runs watch {run.Id}");
        if (run.Outcome == "running")
            return new Reason(run.Id, "it runs", Waiting(tasks), $"cairn runs watch {run.Id}");
        return new Reason(run.Id, $"it ended {run.State}", Past(tasks), null);
    }

    /// <summary>A flow that ended with an error nobody handled.</summary>
    private static Reason Raised(RunDocument run, JsonElement raised)
    {
        var lines = TaskFields.Text(raised, "context").Split('\n');
        var step = raised.TryGetProperty("stack", out var stack) && stack.GetArrayLength() > 0
            ? TaskFields.Text(stack[0], "step")
            : "a step";
        return new Reason(
            run.Id, $"step {step} raised an error that nothing handled: {lines[0]}", [.. lines.Skip(1)],
            $"cairn runs show {run.Id} -o json; then cairn runs retry {run.Id}");
    }

    private static bool IsRoot(JsonElement task) =>
        TaskFields.Text(task, "state") is var state
        && state.StartsWith("FAILED", StringComparison.Ordinal)
        && state != "FAILED_UPSTREAM"
        && !TaskFields.Text(task, "reason").Contains("Lead task finished");

    private static Reason Failed(RunDocument run, JsonElement failed, List<JsonElement> tasks)
    {
        var (name, code) = (TaskFields.Text(failed, "name"), TaskFields.Text(failed, "exit_code"));
        var evidence = new List<string> { TaskFields.Text(failed, "reason") };
        evidence.AddRange(Past(tasks));
        var skipped = tasks.Count(task => TaskFields.Text(task, "state") == "FAILED_UPSTREAM");
        if (skipped > 0)
            evidence.Add(skipped == 1 ? "1 task behind it was skipped" : $"{skipped} tasks behind it were skipped");
        evidence.RemoveAll(string.IsNullOrEmpty);
        return new Reason(
            run.Id,
            $"{name} ended {TaskFields.Text(failed, "state")}{(code.Length > 0 ? $" with exit code {code}" : "")}",
            evidence,
            $"cairn runs logs {run.Id} {name}; then cairn runs retry {run.Id}");
    }

    /// <summary>Repeated and reused tasks.</summary>
    private static List<string> Past(List<JsonElement> tasks)
    {
        var lines = new List<string>();
        foreach (var task in tasks)
        {
            var name = TaskFields.Text(task, "name");
            if (TaskFields.Text(task, "retry_id") is not ("" or "0") and var retry)
                lines.Add($"{name} was repeated: this is attempt {int.Parse(retry) + 1}");
            if (TaskFields.Text(task, "reused_from") is { Length: > 0 } source)
                lines.Add($"{name} took the outputs of {source}");
        }

        return lines;
    }

    private static List<string> Waiting(List<JsonElement> tasks) =>
    [
        .. tasks.Where(task => TaskFields.Text(task, "waiting_for").Length > 0)
            .Select(task => $"{TaskFields.Text(task, "name")} waits for {TaskFields.Text(task, "waiting_for")}"),
        .. Past(tasks),
    ];
}

using Cairn.Flows.Values;

namespace Cairn.Flows.Trials;

/// <summary>What happened in one test.</summary>
/// <param name="End">`{"state","result"|"error","steps"}` as the run ended; null: it did not end.</param>
/// <param name="Calls">All calls that were asked of mocks, in order.</param>
/// <param name="Logs">All log lines, in order.</param>
/// <param name="Elapsed">What passed by the test's clock.</param>
/// <param name="Faults">Why the test could not be run as written.</param>
internal sealed record TrialRecord(
    FlowValue? End, IReadOnlyList<MadeCall> Calls, IReadOnlyList<string> Logs, TimeSpan Elapsed,
    IReadOnlyList<string> Faults)
{
    /// <summary>What the flow returned; null: it did not end well.</summary>
    public FlowValue? Result => End is { } end && end.AsMap().TryGet("result", out var result) ? result : null;

    /// <summary>What it raised; null: it did not fail.</summary>
    public FlowValue? Error =>
        End is { } end && end.AsMap().TryGet("error", out var error) ? error.AsMap().Get("payload") : null;

    /// <summary>Where an unhandled error came from, in words; empty without one.</summary>
    public string Context =>
        End is { } end && end.AsMap().TryGet("error", out var error) ? error.AsMap().Get("context").AsText() : "";

    /// <summary>The steps that were executed, with their routine when that is not main.</summary>
    public IEnumerable<string> Steps =>
        End is { } end
            ? end.AsMap().Get("steps").AsList().Select(step => Label(step.AsMap()))
            : [];

    private static string Label(FlowMap step) =>
        step.TryGet("routine", out var routine)
            ? $"{routine.AsText()}.{step.Get("name").AsText()}"
            : step.Get("name").AsText();
}

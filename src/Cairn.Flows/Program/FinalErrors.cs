using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>An error that no `except` may take: the steps of the run are used up (spec/workflows.md 4.2).</summary>
internal static class FinalErrors
{
    private const string Mark = "cairn.final";

    /// <summary>Such an error.</summary>
    public static FlowError Steps(long limit)
    {
        var error = FlowError.Of(
            FlowTags.ResourceLimit, $"the run executed more than {limit} steps; limits: {{flow.steps: N}} raises it");
        error.Data[Mark] = true;
        return error;
    }

    /// <summary>Whether no `except` may take it.</summary>
    public static bool IsFinal(this FlowError error) => error.Data.Contains(Mark);
}

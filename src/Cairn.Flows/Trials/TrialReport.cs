using Cairn.Flows.Compiling;

namespace Cairn.Flows.Trials;

/// <summary>What came of the tests of one file.</summary>
/// <param name="File">The test file as the user named it.</param>
/// <param name="Flow">The flow's file.</param>
/// <param name="Outcomes">One a test, in the order of the text.</param>
/// <param name="Coverage">What they executed; null when the flow does not compile.</param>
/// <param name="Problems">Why it does not compile.</param>
public sealed record TrialReport(
    string File, string Flow, IReadOnlyList<TrialOutcome> Outcomes, FlowCoverage? Coverage,
    IReadOnlyList<FlowProblem> Problems);

/// <summary>What came of one test.</summary>
/// <param name="Name">The test.</param>
/// <param name="Line">Where it begins in its file, from 1.</param>
/// <param name="Failures">What was not as expected, a few lines each; empty: it passed.</param>
/// <param name="Elapsed">What passed by its own clock.</param>
public sealed record TrialOutcome(string Name, int Line, IReadOnlyList<string> Failures, TimeSpan Elapsed)
{
    /// <summary>Whether it passed.</summary>
    public bool Passed => Failures.Count == 0;
}

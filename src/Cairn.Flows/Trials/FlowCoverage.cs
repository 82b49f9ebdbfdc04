namespace Cairn.Flows.Trials;

/// <summary>What the tests of one flow executed of it.</summary>
/// <param name="Steps">All steps in the order of the text.</param>
/// <param name="Branches">All ways out of conditions, in the order of the text.</param>
public sealed record FlowCoverage(IReadOnlyList<CoveredStep> Steps, IReadOnlyList<CoveredBranch> Branches)
{
    /// <summary>How many steps were executed.</summary>
    public int StepsCovered => Steps.Count(step => step.IsCovered);

    /// <summary>How many ways were taken.</summary>
    public int BranchesCovered => Branches.Count(branch => branch.IsCovered);
}

/// <summary>A step and whether any test executed it.</summary>
/// <param name="Name">With its routine when that is not main.</param>
/// <param name="Line">From 1.</param>
/// <param name="IsCovered">Whether any test executed it.</param>
public sealed record CoveredStep(string Name, int Line, bool IsCovered);

/// <summary>One way out of a condition: met, or not.</summary>
/// <param name="Step">The step of the switch, with its routine when that is not main.</param>
/// <param name="Condition">As it is written.</param>
/// <param name="Line">From 1.</param>
/// <param name="IsMet">Whether this is the way when it holds.</param>
/// <param name="IsCovered">Whether any test took it.</param>
public sealed record CoveredBranch(string Step, string Condition, int Line, bool IsMet, bool IsCovered);

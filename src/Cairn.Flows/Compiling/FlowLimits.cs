namespace Cairn.Flows.Compiling;

/// <summary>
/// Limits that a running flow meets as errors (spec/workflows.md 7.3). The defaults are the original's; `limits:` in
/// cairn.yaml raises them under the names in parentheses.
/// </summary>
public sealed record FlowLimits
{
    /// <summary>Executed steps of a run before `ResourceLimitError` (`flow.steps`).</summary>
    public long Steps { get; init; } = 100_000;

    /// <summary>Routines called within each other before `RecursionError` (`flow.call_depth`).</summary>
    public int CallDepth { get; init; } = 20;

    /// <summary>`parallel` within `parallel` before `ParallelNestingError` (`flow.parallel_depth`).</summary>
    public int ParallelNesting { get; init; } = 2;

    /// <summary>Branches and iterations that run at once; the others queue (`flow.parallel_threads`).</summary>
    public int ParallelThreads { get; init; } = 20;

    /// <summary>Branches of one `parallel` step (`flow.branches`).</summary>
    public int ParallelBranches { get; init; } = 10;

    /// <summary>Errors of branches that `UnhandledBranchError` lists (`flow.branch_errors`).</summary>
    public int BranchErrors { get; init; } = 100;

    /// <summary>Bytes of an HTTP response (`flow.response_bytes`).</summary>
    public long ResponseBytes { get; init; } = 2 << 20;

    /// <summary>The limits with those of cairn.yaml in their place; other names are left alone.</summary>
    public FlowLimits With(IEnumerable<KeyValuePair<string, long>> declared)
    {
        var limits = this;
        foreach (var (name, value) in declared)
            limits = limits.With(name, value);
        return limits;
    }

    private FlowLimits With(string name, long value) => name switch
    {
        "flow.steps" => this with { Steps = value },
        "flow.call_depth" => this with { CallDepth = Small(value) },
        "flow.parallel_depth" => this with { ParallelNesting = Small(value) },
        "flow.parallel_threads" => this with { ParallelThreads = Math.Max(1, Small(value)) },
        "flow.branches" => this with { ParallelBranches = Small(value) },
        "flow.branch_errors" => this with { BranchErrors = Small(value) },
        "flow.response_bytes" => this with { ResponseBytes = value },
        _ => this,
    };

    private static int Small(long value) => (int)Math.Clamp(value, 0, int.MaxValue);
}

namespace Cairn.Flows.Linting;

/// <summary>One thing that the linter looks for.</summary>
/// <param name="Id">The word in reports: `endless-poll`.</param>
/// <param name="Level">How bad it is.</param>
/// <param name="Summary">What it finds, in a sentence.</param>
/// <param name="Help">Why it matters and what to do.</param>
public sealed record LintRule(string Id, LintLevel Level, string Summary, string Help)
{
    /// <summary>What keeps the flow from running, as `cairn validate` says it.</summary>
    public static LintRule Invalid { get; } = new(
        "invalid", LintLevel.Error, "The flow cannot run",
        "The same errors as `cairn validate`: the flow is refused before its first step.");

    /// <summary>A call of something that neither the library nor the flow has.</summary>
    public static LintRule UnknownFunction { get; } = new(
        "unknown-function", LintLevel.Error, "A function that does not exist",
        "The name is no function of the library, no mapped connector and no subworkflow of this flow.");

    /// <summary>A step that no path reaches.</summary>
    public static LintRule UnreachableStep { get; } = new(
        "unreachable-step", LintLevel.Warning, "A step that no path reaches",
        "Every way to it returns, raises or jumps past it. Remove it, or let something jump to it.");

    /// <summary>A variable read where some path has not assigned it.</summary>
    public static LintRule UnassignedRead { get; } = new(
        "unassigned-read", LintLevel.Warning, "A variable that some path reads before it is assigned",
        "Reading it raises a KeyError on that path. Assign a first value before the paths part.");

    /// <summary>A lock that a path leaves behind.</summary>
    public static LintRule LockKept { get; } = new(
        "lock-kept", LintLevel.Warning, "A lock that a failing path keeps",
        "An object created with ifGenerationMatch 0 stays when an error leaves the routine before it is deleted: the "
        + "next run finds it taken. Delete it in an except, then raise the error again.");

    /// <summary>A retry that may do a write twice.</summary>
    public static LintRule RetryNotIdempotent { get; } = new(
        "retry-not-idempotent", LintLevel.Warning, "A retry that may do something twice",
        "The policy also retries when the request may have been processed (timeouts, broken connections, 502, 504). "
        + "Use http.default_retry_non_idempotent, or give the receiver a key by which it knows the second attempt.");

    /// <summary>A loop that waits for something with no end.</summary>
    public static LintRule EndlessPoll { get; } = new(
        "endless-poll", LintLevel.Warning, "A poll without deadline",
        "The loop ends only when the other side says so. Count the rounds or compare sys.now() with a deadline.");

    /// <summary>A default() that cannot help.</summary>
    public static LintRule NeedlessDefault { get; } = new(
        "needless-default", LintLevel.Warning, "A default() that does not help",
        "Arguments are evaluated first: a missing key raises before default() is asked. Use map.get.");

    /// <summary>A step name that stands twice in a routine.</summary>
    public static LintRule DuplicateStep { get; } = new(
        "duplicate-step", LintLevel.Warning, "A step name that stands twice",
        "Jumps go to the nearest one, and logs cannot tell them apart. Rename one.");

    /// <summary>A subworkflow that nothing calls.</summary>
    public static LintRule UnusedSubworkflow { get; } = new(
        "unused-subworkflow", LintLevel.Warning, "A subworkflow that nothing calls",
        "Nothing that main reaches calls it or names it as a predicate.");

    /// <summary>A ceiling of the original on sizes.</summary>
    public static LintRule OverLimit { get; } = new(
        "over-limit", LintLevel.Note, "Larger than the original takes",
        "It runs here; Google Cloud Workflows would refuse it. `--strict` makes it an error.");

    /// <summary>A switch whose missing default runs one of its own cases.</summary>
    public static LintRule SwitchFallsThrough { get; } = new(
        "switch-falls-through", LintLevel.Warning, "A switch that goes on into one of its own cases",
        "When no condition holds, the next step runs, and that is where one of the conditions jumps to. Add a last "
        + "condition `true`, or a `next` to the switch.");

    /// <summary>Something that only leniency accepts.</summary>
    public static LintRule Tolerated { get; } = new(
        "tolerated", LintLevel.Note, "A construct that only --lenient accepts",
        "Google Cloud Workflows refuses it or fails on it. The finding shows the valid form.");

    /// <summary>All rules, in the order of the documentation.</summary>
    public static IReadOnlyList<LintRule> All { get; } =
    [
        Invalid, UnknownFunction, UnreachableStep, UnassignedRead, LockKept, RetryNotIdempotent, EndlessPoll,
        NeedlessDefault, DuplicateStep, UnusedSubworkflow, OverLimit, SwitchFallsThrough, Tolerated,
    ];
}

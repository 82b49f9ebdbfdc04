using Cairn.Flows.Values;

namespace Cairn.Flows.Trials;

/// <summary>Unit tests of one flow, as they stand in a `*.test.yaml` (docs/flows.md).</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Flow">The flow's path as the file writes it; null: the file's own name without `.test`.</param>
/// <param name="IsLenient">Whether the flow is compiled with `--lenient`.</param>
/// <param name="Trials">The tests in the order of the text.</param>
public sealed record TrialFile(string File, string? Flow, bool IsLenient, IReadOnlyList<Trial> Trials);

/// <summary>One test of a flow.</summary>
/// <param name="Name">A sentence.</param>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Expected">What must come of it.</param>
public sealed record Trial(string Name, int Line, TrialExpectation Expected)
{
    /// <summary>The argument of `main`; null when none is given.</summary>
    public FlowValue? Arguments { get; init; }

    /// <summary>Environment variables, those of the whole file among them.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new SortedDictionary<string, string>();

    /// <summary>When it begins by its own clock.</summary>
    public DateTimeOffset Now { get; init; } = DefaultNow;

    /// <summary>What answers the calls; the first that fits does.</summary>
    public IReadOnlyList<Mock> Mocks { get; init; } = [];

    /// <summary>Requests that come to the flow's callback endpoints.</summary>
    public IReadOnlyList<TrialCallback> Callbacks { get; init; } = [];

    /// <summary>When a test begins that does not say.</summary>
    public static DateTimeOffset DefaultNow { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
}

/// <summary>A request to a callback endpoint.</summary>
/// <param name="Endpoint">Which one, from 0 in the order in which the flow creates them.</param>
/// <param name="After">Seconds after the start, by the test's clock.</param>
/// <param name="Method">`POST`.</param>
/// <param name="Body">What it brings.</param>
public sealed record TrialCallback(int Endpoint, double After, string Method, FlowValue Body);

/// <summary>What must come of a test; what is null is not looked at.</summary>
public sealed record TrialExpectation
{
    /// <summary>The flow ends well with this value.</summary>
    public FlowValue? Result { get; init; }

    /// <summary>The flow ends with an error that has at least this: a text, or keys of a map.</summary>
    public FlowValue? Error { get; init; }

    /// <summary>Tags that the error carries.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>All calls that it makes, in order.</summary>
    public IReadOnlyList<ExpectedCall>? Calls { get; init; }

    /// <summary>All log lines, in order.</summary>
    public IReadOnlyList<string>? Logs { get; init; }

    /// <summary>Seconds that pass by the test's clock.</summary>
    public double? Elapsed { get; init; }

    /// <summary>Steps that are executed.</summary>
    public IReadOnlyList<string> Reaches { get; init; } = [];

    /// <summary>Steps that are not.</summary>
    public IReadOnlyList<string> Avoids { get; init; } = [];
}

/// <summary>A call that a test expects.</summary>
/// <param name="Call">The function.</param>
/// <param name="Step">The step that makes it; null: any.</param>
/// <param name="Arguments">Arguments that it has at least; null: any.</param>
public sealed record ExpectedCall(string Call, string? Step, FlowValue? Arguments);

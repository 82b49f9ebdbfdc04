using Cairn.Flows.Values;
using static Cairn.Flows.Library.Signatures;

namespace Cairn.Flows.Library.Functions;

/// <summary>The predicates and policies of `retry` (spec/workflows.md 3.3).</summary>
internal static class RetryFunctions
{
    private const string Idempotent = "http.default_retry_predicate";
    private const string NonIdempotent = "http.default_retry_predicate_non_idempotent";
    private static readonly CallParameter[] Error = [Needs("exception")];

    public static PureFunction[] All { get; } =
    [
        Pure(Idempotent, Marking.Moves, Error, static (in a) => FlowValue.Of(Is(
            a[0], [429, 502, 503, 504], [FlowTags.Connection, FlowTags.ConnectionFailed, FlowTags.Timeout]))),
        Pure(NonIdempotent, Marking.Moves, Error, static (in a) => FlowValue.Of(Is(
            a[0], [429, 503], [FlowTags.ConnectionFailed]))),
        Pure("retry.always", Marking.Moves, Error, static (in _) => FlowValue.True),
        Pure("retry.never", Marking.Moves, Error, static (in _) => FlowValue.False),
    ];

    /// <summary>Values by dotted name.</summary>
    public static (string Name, FlowValue Value)[] Constants { get; } =
    [
        ("retry.default_backoff", Backoff()),
        ("http.default_retry", Policy(Idempotent)),
        ("http.default_retry_non_idempotent", Policy(NonIdempotent)),
    ];

    private static FlowValue Backoff() => FlowValue.Of(FlowMap.Of(
        ("initial_delay", FlowValue.Of(1)), ("max_delay", FlowValue.Of(60)), ("multiplier", FlowValue.Of(1.25))));

    private static FlowValue Policy(string predicate) => FlowValue.Of(FlowMap.Of(
        ("predicate", FlowValue.Function(predicate)), ("max_retries", FlowValue.Of(5)), ("backoff", Backoff())));

    private static bool Is(FlowValue error, ReadOnlySpan<long> codes, ReadOnlySpan<string> tags)
    {
        if (error.Map is not { } map)
            return false;
        var code = map.Get("code");
        if (code.Kind == FlowKind.Integer && codes.Contains(code.AsInteger()))
            return true;
        if (map.Get("tags").List is not { } given)
            return false;
        foreach (var tag in given)
        {
            if (tag.Kind == FlowKind.String && tags.Contains(tag.AsText()))
                return true;
        }

        return false;
    }
}

using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>A compiled retry policy; it is evaluated at each error (spec/workflows.md 4.5).</summary>
/// <param name="policy">The map, or a policy of the library.</param>
/// <param name="routines">The routines that may be predicates.</param>
/// <param name="isLenient">Whether durations may have units (T26).</param>
internal sealed class RetryCode(Code policy, IReadOnlyDictionary<string, RoutineCode> routines, bool isLenient)
{
    /// <summary>The policy of a moment; a TypeError or ValueError where it is none.</summary>
    public RetryPolicy Evaluate(Strand strand)
    {
        var value = policy.Evaluate(strand);
        if (value.Kind != FlowKind.Map)
            throw FlowError.Type($"retry: a policy is a map, found {Words.Of(value)}");
        var map = value.AsMap();
        var most = map.Get("max_retries");
        if (most.Kind != FlowKind.Integer)
            throw FlowError.Type($"retry: 'max_retries' is an integer, found {Words.Of(most)}");
        if (most.AsInteger() < 0)
            throw FlowError.OfValue($"retry: 'max_retries' is at least 0, found {most.AsInteger()}");
        if (map.Get("backoff") is not { Kind: FlowKind.Map } backoff)
            throw FlowError.Type($"retry: 'backoff' is a map, found {Words.Of(map.Get("backoff"))}");
        var waits = backoff.AsMap();
        var multiplier = waits.Get("multiplier");
        if (multiplier.Kind is not (FlowKind.Integer or FlowKind.Double))
            throw FlowError.Type($"retry: 'multiplier' is a number, found {Words.Of(multiplier)}");
        if (!(multiplier.AsDouble() >= 1))
            throw FlowError.OfValue($"retry: 'multiplier' is at least 1, found {multiplier.AsDouble()}");
        return WithPredicate(map.Get("predicate"), new RetryPolicy
        {
            MaxRetries = most.AsInteger(),
            InitialDelay = Delay(waits, "initial_delay"),
            MaxDelay = Delay(waits, "max_delay"),
            Multiplier = multiplier.AsDouble(),
        });
    }

    private RetryPolicy WithPredicate(FlowValue predicate, RetryPolicy policy)
    {
        if (predicate.Kind != FlowKind.Function)
            throw FlowError.Type($"retry: 'predicate' is a function, found {Words.Of(predicate)}");
        var name = predicate.AsFunction();
        if (routines.TryGetValue(name, out var routine))
            return policy with { Routine = routine };
        return RetryPredicates.IsKnown(name)
            ? policy with { Function = name }
            : throw FlowError.Type($"retry: '{name}' is no predicate");
    }

    private double Delay(FlowMap backoff, string field)
    {
        var seconds = Durations.Seconds(backoff.Get(field), $"retry: '{field}'", isLenient);
        return seconds >= 0
            ? seconds
            : throw FlowError.OfValue($"retry: '{field}' is at least 0, found {seconds}");
    }
}

using Cairn.Flows.Expressions;
using Cairn.Flows.Library;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>The predicates of the library (spec/workflows.md 3.3), asked about an error.</summary>
internal static class RetryPredicates
{
    /// <summary>Whether a request that may be sent twice is repeated.</summary>
    public static bool Idempotent(FlowValue error, Evaluation evaluation) =>
        Holds("http.default_retry_predicate", error, evaluation);

    /// <summary>Whether a request that must not be done twice is repeated.</summary>
    public static bool NonIdempotent(FlowValue error, Evaluation evaluation) =>
        Holds("http.default_retry_predicate_non_idempotent", error, evaluation);

    /// <summary>Whether a name is a function that takes an error.</summary>
    public static bool IsKnown(string name) => FlowLibrary.IsPredicate(name);

    /// <summary>What a predicate says; it must be a boolean.</summary>
    public static bool Holds(string name, FlowValue error, Evaluation evaluation)
    {
        var said = FlowLibrary.Invoke(FlowLibrary.Find(name)!, [error], evaluation);
        return said.Kind == FlowKind.Boolean
            ? said.AsBoolean()
            : throw FlowError.Type($"retry: a predicate returns a boolean, found {Words.Of(said)}");
    }
}

namespace Cairn.Flows.Expressions;

/// <summary>What a flow may know of the world while it is evaluated; all of it is journaled or pinned.</summary>
/// <param name="Now">The time of the current event (`sys.now`), in seconds since 1970.</param>
/// <param name="NextRandom">128 bits that no other caller of this event gets (`uuid.generate`, `sys.random`).</param>
/// <param name="Environment">The value of an environment variable of the run, or null (`sys.get_env`).</param>
public sealed record EvaluationInputs(
    Func<double> Now, Func<UInt128> NextRandom, Func<string, string?> Environment)
{
    /// <summary>A world of nothing: time 0, zero bits, no variables. For constants and for checks.</summary>
    public static EvaluationInputs None { get; } = new(static () => 0, static () => 0, static _ => null);
}

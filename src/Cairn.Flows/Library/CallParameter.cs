using Cairn.Flows.Values;

namespace Cairn.Flows.Library;

/// <summary>A parameter of a function, connector or routine.</summary>
/// <param name="Name">Its name as a `call` step writes it.</param>
/// <param name="IsRequired">Whether a call must give it.</param>
/// <param name="Default">What it is when a call does not.</param>
/// <param name="Kinds">The kinds it takes; empty when any, or when only the callee can say.</param>
public sealed record CallParameter(
    string Name, bool IsRequired, FlowValue Default, IReadOnlyList<FlowKind> Kinds)
{
    /// <summary>Whether only leniency accepts it: it stands in flows, and the method does not have it (T24).</summary>
    public bool IsLenient { get; init; }

    /// <summary>The parameter that it is a wrong name of (T24, T25), or null.</summary>
    public string? StandsFor { get; init; }
}

using Cairn.Flows.Values;

namespace Cairn.Flows.Library;

/// <summary>A parameter of a function, connector or routine.</summary>
/// <param name="Name">Its name as a `call` step writes it.</param>
/// <param name="IsRequired">Whether a call must give it.</param>
/// <param name="Default">What it is when a call does not.</param>
/// <param name="Kinds">The kinds it takes; empty when any, or when only the callee can say.</param>
public sealed record CallParameter(
    string Name, bool IsRequired, FlowValue Default, IReadOnlyList<FlowKind> Kinds);

using Cairn.Flows.Syntax;

namespace Cairn.Flows.Linting.Paths;

/// <summary>What surrounds a list of steps: where jumps and errors lead.</summary>
internal sealed record PathContext
{
    /// <summary>The steps of the list that can be jumped to, by name.</summary>
    public IReadOnlyDictionary<string, PathNode> Targets { get; init; } = new Dictionary<string, PathNode>();

    /// <summary>The list around this one; null at the routine's own and inside a loop or branch.</summary>
    public PathContext? Outer { get; init; }

    /// <summary>Where `break` leads.</summary>
    public PathNode? Break { get; init; }

    /// <summary>Where `continue` leads.</summary>
    public PathNode? Continue { get; init; }

    /// <summary>Where errors lead; null: out of the routine.</summary>
    public PathNode? Handler { get; init; }

    /// <summary>The step around; null at the routine's own list.</summary>
    public Step? Step { get; init; }

    /// <summary>Names that belong to scopes around this one.</summary>
    public IReadOnlySet<string> Names { get; init; } = new SortedSet<string>(StringComparer.Ordinal);

    /// <summary>The node that a name leads to; null: unknown (validation says so).</summary>
    public PathNode? Find(string name) =>
        Targets.TryGetValue(name, out var found) ? found : Outer?.Find(name);
}

using Cairn.Flows.Sources;
using Cairn.Flows.Syntax;

namespace Cairn.Flows.Linting.Paths;

/// <summary>A point on the paths through a routine: one evaluation, or a place where paths part or meet.</summary>
internal sealed class PathNode(int number, Step? step)
{
    /// <summary>Its number within the graph, from 0.</summary>
    public int Number => number;

    /// <summary>The innermost step that it belongs to; null for the routine's own ends.</summary>
    public Step? Step => step;

    /// <summary>Values that are evaluated here.</summary>
    public IReadOnlyList<SourceNode> Reads { get; init; } = [];

    /// <summary>The target of an assignment, whose index expressions are read too.</summary>
    public SourceNode.Scalar? Target { get; init; }

    /// <summary>Variables that have a value afterwards.</summary>
    public IReadOnlyList<string> Writes { get; init; } = [];

    /// <summary>Variables of a scope that begins here: they have no value yet.</summary>
    public IReadOnlyCollection<string> Forgets { get; init; } = [];

    /// <summary>The condition that is looked at here.</summary>
    public SourceNode? Condition { get; init; }

    /// <summary>Where it goes on when its condition holds; everywhere else it goes on when it does not.</summary>
    public PathNode? Met { get; set; }

    /// <summary>The call that is made here.</summary>
    public Body.Call? Call { get; init; }

    /// <summary>Whether a pass of a `for` begins here: such a loop ends with its list.</summary>
    public bool IsPass { get; init; }

    /// <summary>Whether it raises.</summary>
    public bool Raises { get; init; }

    /// <summary>Where it goes on.</summary>
    public List<PathNode> Next { get; } = [];

    /// <summary>Where an error of it goes; null: out of the routine.</summary>
    public PathNode? Handler { get; init; }
}

using Cairn.Flows.Syntax;

namespace Cairn.Flows.Linting.Paths;

/// <summary>All paths through one routine.</summary>
internal sealed class PathGraph
{
    private readonly List<PathNode> _nodes = [];
    private readonly Dictionary<Step, PathNode> _entries = new(ReferenceEqualityComparer.Instance);

    /// <summary>A graph with its two ends.</summary>
    public PathGraph(Routine routine)
    {
        Routine = routine;
        Exit = Add(new PathNode(0, null));
    }

    /// <summary>The routine.</summary>
    public Routine Routine { get; }

    /// <summary>All nodes by their number.</summary>
    public IReadOnlyList<PathNode> Nodes => _nodes;

    /// <summary>Where every path begins.</summary>
    public PathNode Entry { get; set; } = null!;

    /// <summary>Where every path ends that does not fail.</summary>
    public PathNode Exit { get; }

    /// <summary>Where a step begins.</summary>
    public PathNode EntryOf(Step step) => _entries[step];

    /// <summary>Takes a node whose number is the count of nodes before it.</summary>
    public PathNode Add(PathNode node)
    {
        _nodes.Add(node);
        return node;
    }

    /// <summary>Notes where a step begins.</summary>
    public void SetEntry(Step step, PathNode node) => _entries[step] = node;

    /// <summary>
    /// Nodes that some path reaches, errors included, by their number. An error is taken to be possible everywhere.
    /// </summary>
    public bool[] Reachable()
    {
        var reached = new bool[_nodes.Count];
        var open = new Stack<PathNode>([Entry]);
        while (open.TryPop(out var node))
        {
            if (reached[node.Number]) continue;
            reached[node.Number] = true;
            foreach (var next in node.Next) open.Push(next);
            if (node.Handler is { } handler) open.Push(handler);
        }

        return reached;
    }
}

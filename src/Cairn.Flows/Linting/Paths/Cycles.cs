namespace Cairn.Flows.Linting.Paths;

/// <summary>
/// Loops that jumps make: the strongly connected parts of more than one node (Tarjan's algorithm, no recursion) of the
/// graph without the passes of `for`, which end by themselves.
/// </summary>
internal sealed class Cycles
{
    private readonly int[] _order;
    private readonly int[] _low;
    private readonly bool[] _isOpen;
    private readonly Stack<PathNode> _open = new();
    private readonly List<IReadOnlyList<PathNode>> _found = [];
    private int _count;

    private Cycles(PathGraph graph)
    {
        _order = new int[graph.Nodes.Count];
        _low = new int[graph.Nodes.Count];
        _isOpen = new bool[graph.Nodes.Count];
    }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<IReadOnlyList<PathNode>> Of(PathGraph graph)
    {
        var cycles = new Cycles(graph);
        foreach (var node in graph.Nodes)
            if (cycles._order[node.Number] == 0) cycles.Visit(node);
        return cycles._found;
    }

    private void Visit(PathNode root)
    {
        var path = new Stack<(PathNode Node, int Next)>([(root, 0)]);
        Enter(root);
        while (path.TryPop(out var top))
        {
            var (node, next) = top;
            if (next < Degree(node))
            {
                path.Push((node, next + 1));
                var to = Neighbour(node, next);
                if (to.IsPass) continue;
                if (_order[to.Number] == 0)
                {
                    Enter(to);
                    path.Push((to, 0));
                }
                else if (_isOpen[to.Number])
                    _low[node.Number] = Math.Min(_low[node.Number], _order[to.Number]);
                continue;
            }

            if (path.TryPeek(out var above))
                _low[above.Node.Number] = Math.Min(_low[above.Node.Number], _low[node.Number]);
            if (_low[node.Number] == _order[node.Number]) Close(node);
        }
    }

    private void Enter(PathNode node)
    {
        _order[node.Number] = _low[node.Number] = ++_count;
        _isOpen[node.Number] = true;
        _open.Push(node);
    }

    private void Close(PathNode root)
    {
        List<PathNode> members = [];
        PathNode node;
        do
        {
            node = _open.Pop();
            _isOpen[node.Number] = false;
            members.Add(node);
        }
        while (node != root);
        if (members.Count > 1) _found.Add(members);
    }

    private static int Degree(PathNode node) => node.Next.Count + (node.Handler is null ? 0 : 1);

    private static PathNode Neighbour(PathNode node, int at) =>
        at < node.Next.Count ? node.Next[at] : node.Handler!;
}

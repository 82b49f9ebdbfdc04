using Cairn.Flows.Program;

namespace Cairn.Flows.Compiling;

/// <summary>All operations of a flow, each with a name that every compilation gives it.</summary>
internal sealed class OpTable
{
    private readonly List<Op> _ops = [];
    private readonly Dictionary<int, int> _counts = [];

    /// <summary>All of them, in the order in which they were made.</summary>
    public IReadOnlyList<Op> All => _ops;

    /// <summary>Adds an operation and names it by its step.</summary>
    public void Add(Op op)
    {
        var step = op.Step;
        var count = _counts[step.Index] = _counts.GetValueOrDefault(step.Index) + 1;
        op.Name = count == 1 ? step.Id : $"{step.Id}#{count - 1}";
        _ops.Add(op);
    }
}

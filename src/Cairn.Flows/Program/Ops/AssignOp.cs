using Cairn.Flows.Expressions;

namespace Cairn.Flows.Program.Ops;

/// <summary>Gives a variable of its own frame a value.</summary>
internal sealed class AssignOp(int slot, Code value) : Op
{
    /// <inheritdoc/>
    public override Op Run(Strand strand)
    {
        var frame = strand.Frame;
        frame.Slots[slot] = value.Evaluate(strand);
        return Next;
    }
}

/// <summary>Gives a variable of an outer frame a value: a branch writes what is shared.</summary>
internal sealed class AssignOuterOp(SlotAddress slot, Code value) : Op
{
    /// <inheritdoc/>
    public override Op Run(Strand strand)
    {
        strand.Frame[slot] = value.Evaluate(strand);
        return Next;
    }
}

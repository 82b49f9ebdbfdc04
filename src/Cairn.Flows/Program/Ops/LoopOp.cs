using Cairn.Flows.Values;

namespace Cairn.Flows.Program.Ops;

/// <summary>Begins a `for`: looks at what it goes over, once (spec/workflows.md 1.7).</summary>
internal sealed class ForOp(Code values, bool isRange) : Op
{
    /// <inheritdoc/>
    public override Op Run(Strand strand)
    {
        var value = values.Evaluate(strand);
        var loop = isRange ? LoopValues.Range(value) : LoopValues.In(value);
        strand.Blocks.Add(new Enclosure.Loop((LoopOp)Next, loop));
        return Next;
    }
}

/// <summary>One pass of a `for`, or its end.</summary>
/// <param name="value">The place of the value.</param>
/// <param name="index">The place of the position, or -1.</param>
internal sealed class LoopOp(int value, int index) : Op
{
    /// <summary>What follows the loop.</summary>
    public Op After { get; set; } = null!;

    /// <summary>The places of the variables that every pass begins without.</summary>
    public (int From, int Count) Fresh { get; set; }

    /// <inheritdoc/>
    public override void Link()
    {
        base.Link();
        After = Target(After);
    }

    /// <inheritdoc/>
    public override Op Run(Strand strand)
    {
        var loop = (Enclosure.Loop)strand.Blocks[^1];
        if (loop.Position >= loop.Values.Count)
        {
            strand.Blocks.RemoveAt(strand.Blocks.Count - 1);
            return After;
        }

        var slots = strand.Frame.Slots;
        slots.AsSpan(Fresh.From, Fresh.Count).Fill(FlowValue.Unassigned);
        slots[value] = loop.Values[loop.Position];
        if (index >= 0)
            slots[index] = FlowValue.Of(loop.Position);
        loop.Position++;
        return Next;
    }
}

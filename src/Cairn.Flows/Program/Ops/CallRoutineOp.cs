using Cairn.Flows.Expressions;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program.Ops;

/// <summary>Calls a subworkflow.</summary>
/// <param name="routine">Which.</param>
/// <param name="arguments">One for each of its parameters; null: its default.</param>
/// <param name="result">Where its value goes, or null.</param>
internal sealed class CallRoutineOp(RoutineCode routine, Code?[] arguments, SlotAddress? result) : WaitingOp
{
    /// <inheritdoc/>
    protected override Op Begin(Strand strand)
    {
        var frame = new FlowFrame(routine.Layout.Size);
        for (var i = 0; i < arguments.Length; i++)
            frame.Slots[i] = arguments[i]?.Evaluate(strand) ?? routine.Parameters[i].Default;
        return strand.Enter(this, routine, frame);
    }

    /// <inheritdoc/>
    public override Op Returned(Strand strand, FlowValue value)
    {
        if (result is { } slot)
            strand.Frame[slot] = value;
        return Next;
    }

    /// <inheritdoc/>
    public override Op Resume(Strand strand, Wake wake) =>
        throw new InvalidOperationException($"{Name} waits for nothing");
}

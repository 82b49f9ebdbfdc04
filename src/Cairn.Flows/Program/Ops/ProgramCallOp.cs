using Cairn.Flows.Expressions;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program.Ops;

/// <summary>A call that the program serves itself: a timer, a log line, a request that is awaited.</summary>
/// <param name="arguments">What it is given.</param>
/// <param name="result">Where its value goes, or null.</param>
internal abstract class ProgramCallOp(CallArguments arguments, SlotAddress? result) : WaitingOp
{
    /// <summary>The arguments of a moment.</summary>
    protected FlowMap Arguments(Strand strand) => arguments.Evaluate(strand);

    /// <summary>Ends the wait with a value.</summary>
    protected Op Done(Strand strand, FlowValue value)
    {
        strand.Waiting = null;
        if (result is { } slot)
            strand.Frame[slot] = value;
        return Next;
    }

    /// <inheritdoc/>
    public override Op? Resume(Strand strand, Wake wake) => Done(strand, FlowValue.Null);
}

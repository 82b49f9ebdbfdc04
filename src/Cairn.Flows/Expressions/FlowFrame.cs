using Cairn.Flows.Values;

namespace Cairn.Flows.Expressions;

/// <summary>
/// The variables that an expression sees: one frame a routine call, and one a branch or iteration of a parallel step,
/// inside the frame it was started in.
/// </summary>
public sealed class FlowFrame
{
    /// <summary>A frame whose variables are all unassigned.</summary>
    public FlowFrame(int size, FlowFrame? outer = null)
    {
        Slots = new FlowValue[size];
        Array.Fill(Slots, FlowValue.Unassigned);
        Outer = outer;
    }

    /// <summary>The values, by place.</summary>
    public FlowValue[] Slots { get; }

    /// <summary>The frame around, or null.</summary>
    public FlowFrame? Outer { get; }

    /// <summary>The value at an address.</summary>
    public ref FlowValue this[SlotAddress address]
    {
        get
        {
            var frame = this;
            for (var up = address.Up; up > 0; up--)
                frame = frame.Outer!;
            return ref frame.Slots[address.Index];
        }
    }
}

namespace Cairn.Flows.Program.Ops;

/// <summary>Goes on elsewhere; leaves the loops and `try` blocks between here and there.</summary>
/// <param name="depth">How many blocks are open there.</param>
internal sealed class JumpOp(int depth) : Op
{
    /// <inheritdoc/>
    public override Op Run(Strand strand)
    {
        if (depth < Depth)
            strand.LeaveTo(depth);
        return Next;
    }
}

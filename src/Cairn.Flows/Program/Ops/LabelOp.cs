namespace Cairn.Flows.Program.Ops;

/// <summary>A place that others lead to while a routine is compiled; none is left afterwards.</summary>
internal sealed class LabelOp : Op
{
    /// <inheritdoc/>
    public override Op Run(Strand strand) => Next;
}

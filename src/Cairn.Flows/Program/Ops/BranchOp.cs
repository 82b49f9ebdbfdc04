namespace Cairn.Flows.Program.Ops;

/// <summary>A condition of `switch`: goes to one place when it holds, else on.</summary>
internal sealed class BranchOp(Code condition) : Op
{
    /// <summary>Where it goes when the condition holds.</summary>
    public Op Then { get; set; } = null!;

    /// <summary>Whether the author wrote it, as a condition of `switch`.</summary>
    public bool IsCase { get; init; }

    /// <inheritdoc/>
    public override void Link()
    {
        base.Link();
        Then = Target(Then);
    }

    /// <inheritdoc/>
    public override Op Run(Strand strand)
    {
        var holds = condition.Test(strand.Frame, strand.Machine.Evaluation);
        if (IsCase)
            strand.Machine.Trace?.Condition(Place, holds);
        return holds ? Then : Next;
    }
}

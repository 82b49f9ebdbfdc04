using Cairn.Flows.Values;

namespace Cairn.Flows.Program.Ops;

/// <summary>`return`: ends the routine with a value.</summary>
internal sealed class ReturnOp(Code value) : Op
{
    /// <inheritdoc/>
    public override void Link()
    {
        // Nothing follows.
    }

    /// <inheritdoc/>
    public override Op? Run(Strand strand)
    {
        strand.At = this;
        return strand.Return(value.Evaluate(strand));
    }
}

/// <summary>The end of a routine or branch without a value, and `next: end`.</summary>
internal sealed class EndOp : Op
{
    /// <inheritdoc/>
    public override void Link()
    {
        // Nothing follows.
    }

    /// <inheritdoc/>
    public override Op? Run(Strand strand)
    {
        strand.At = this;
        return strand.Return(FlowValue.Null);
    }
}

/// <summary>`raise` (spec/workflows.md 4.4).</summary>
internal sealed class RaiseOp(Code value) : Op
{
    /// <inheritdoc/>
    public override void Link()
    {
        // Nothing follows.
    }

    /// <inheritdoc/>
    public override Op Run(Strand strand)
    {
        var raised = value.Evaluate(strand);
        throw raised.Kind is FlowKind.String or FlowKind.Map
            ? new FlowError(raised)
            : FlowError.Type($"raise: an error is a string or a map, found {Words.Of(raised)}");
    }
}

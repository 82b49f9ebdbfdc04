using Cairn.Flows.Expressions;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program.Ops;

/// <summary>`try` with `retry` and `except` (spec/workflows.md 1.9). What follows it is the body.</summary>
internal sealed class TryOp(RetryCode? retry) : WaitingOp
{
    /// <summary>The purpose of its timer.</summary>
    public const string RetryTimer = "retry";

    /// <summary>The handler, or null.</summary>
    public Op? Except { get; set; }

    /// <summary>The place of the handler's variable, or null.</summary>
    public SlotAddress? As { get; set; }

    /// <summary>The places of the variables that the handler begins without.</summary>
    public (int From, int Count) Fresh { get; set; }

    /// <inheritdoc/>
    public override void Link()
    {
        base.Link();
        Except = Except is null ? null : Target(Except);
    }

    /// <inheritdoc/>
    protected override Op Begin(Strand strand)
    {
        strand.Blocks.Add(new Enclosure.Try(this));
        return Next;
    }

    /// <summary>Whether an error inside of a block is for it; one of its predicate is for its handler alone.</summary>
    public bool Takes(Enclosure.Try block) => Except is not null || (retry is not null && block.Pending is null);

    /// <summary>Decides about an error; the block is the innermost one now.</summary>
    public Op? Handle(Strand strand, Enclosure.Try block, Raised raised)
    {
        strand.At = this;
        if (retry is null || block.Pending is not null)
            return Leave(strand, raised);
        try
        {
            var policy = retry.Evaluate(strand);
            if (block.Failed >= policy.MaxRetries)
                return Leave(strand, raised);
            if (policy.Routine is { } predicate)
            {
                block.Pending = raised;
                var frame = new FlowFrame(predicate.Layout.Size);
                frame.Slots[0] = raised.Error.Value.AsCaught();
                return strand.Enter(this, predicate, frame);
            }

            var holds = RetryPredicates.Holds(policy.Function, raised.Error.Value, strand.Machine.Evaluation);
            return holds ? Wait(strand, block, policy) : Leave(strand, raised);
        }
        catch (FlowError wrong)
        {
            // A policy that cannot be read is raised in place of the error that it was for.
            return Leave(strand, new Raised(wrong, strand.Stack()));
        }
    }

    /// <inheritdoc/>
    public override Op? Returned(Strand strand, FlowValue value)
    {
        var block = (Enclosure.Try)strand.Blocks[^1];
        var raised = block.Pending!;
        strand.At = this;
        if (value.Kind != FlowKind.Boolean)
            throw FlowError.Type($"retry: a predicate returns a boolean, found {Words.Of(value)}");
        block.Pending = null;
        return value.AsBoolean() ? Wait(strand, block, retry!.Evaluate(strand)) : Leave(strand, raised);
    }

    /// <inheritdoc/>
    public override Op Resume(Strand strand, Wake wake)
    {
        strand.Waiting = null;
        var block = (Enclosure.Try)strand.Blocks[^1];
        block.Failed++;
        return Next;
    }

    private static Op? Wait(Strand strand, Enclosure.Try block, RetryPolicy policy)
    {
        strand.Waiting = Timers.Set(strand, new Waiting(), RetryTimer, policy.Delay(block.Failed));
        return null;
    }

    private Op? Leave(Strand strand, Raised raised)
    {
        strand.Blocks.RemoveAt(strand.Blocks.Count - 1);
        if (Except is null)
            return strand.Raise(raised);
        strand.Frame.Slots.AsSpan(Fresh.From, Fresh.Count).Fill(FlowValue.Unassigned);
        if (As is { } variable)
            strand.Frame[variable] = raised.Error.Value.AsCaught();
        return Except;
    }
}

using Cairn.Flows.Expressions;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program.Ops;

/// <summary>`parallel` (spec/workflows.md 1.8): starts branches or iterations, waits for all of them.</summary>
internal sealed class ParallelOp(IReadOnlyList<BranchCode> branches, Code? values, bool isRange, Code? limit)
    : WaitingOp
{
    /// <inheritdoc/>
    public override void Link()
    {
        base.Link();
        foreach (var branch in branches)
            branch.Entry = Target(branch.Entry);
    }

    /// <inheritdoc/>
    protected override Op? Begin(Strand strand)
    {
        var machine = strand.Machine;
        if (strand.ParallelDepth >= machine.Limits.ParallelNesting)
            throw FlowError.Of(
                FlowTags.ParallelNesting, $"parallel steps nest deeper than {machine.Limits.ParallelNesting}");
        var over = values?.Evaluate(strand);
        var loop = over is { } list ? (isRange ? LoopValues.Range(list) : LoopValues.In(list)) : null;
        var atOnce = limit is null ? int.MaxValue : Limit(limit.Evaluate(strand));
        var total = loop?.Count ?? branches.Count;
        if (total == 0)
            return Next;
        strand.Blocks.Add(new Enclosure.Parallel(this, loop, total, atOnce));
        strand.Waiting = new Waiting { ForBranches = true };
        machine.StartBranches();
        return null;
    }

    /// <summary>Starts the next branch or iteration.</summary>
    public void Start(Strand parent, Enclosure.Parallel block)
    {
        var number = block.Started++;
        var code = branches[block.Values is null ? number : 0];
        var frame = new FlowFrame(code.Layout.Size, parent.Frame);
        if (block.Values is { } values)
        {
            frame.Slots[code.Value] = values[number];
            if (code.Index >= 0)
                frame.Slots[code.Index] = FlowValue.Of(number);
        }

        var machine = parent.Machine;
        machine.Wake(machine.Add(new Strand(machine, machine.NextStrand++, frame, code.Entry)
        {
            Parent = parent,
            Branch = number,
            CallDepth = parent.CallDepth,
            ParallelDepth = parent.ParallelDepth + 1,
        }));
    }

    /// <summary>What a branch or iteration is called.</summary>
    public string NameOf(int branch) => values is null ? branches[branch].Name : $"{branch}";

    /// <summary>The variables of a branch.</summary>
    public FrameLayout LayoutOf(int branch) => branches[values is null ? branch : 0].Layout;

    /// <inheritdoc/>
    public override Op Resume(Strand strand, Wake wake)
    {
        var block = strand.Branches;
        strand.Blocks.RemoveAt(strand.Blocks.Count - 1);
        strand.Waiting = null;
        return block.Errors.Count == 0 ? Next : throw Unhandled(block);
    }

    private static int Limit(FlowValue value) => value.Kind == FlowKind.Integer && value.AsInteger() > 0
        ? (int)Math.Min(value.AsInteger(), int.MaxValue)
        : value.Kind == FlowKind.Integer
            ? throw FlowError.OfValue($"parallel: 'concurrency_limit' is at least 1, found {value.AsInteger()}")
            : throw FlowError.Type($"parallel: 'concurrency_limit' is an integer, found {Words.Of(value)}");

    private static FlowError Unhandled(Enclosure.Parallel block)
    {
        var errors = block.Errors.Values.Select(error => FlowValue.Of(FlowMap.Of(
            ("id", FlowValue.Of(error.Id)),
            ("error", FlowValue.Of(FlowMap.Of(
                ("context", FlowValue.Of(error.Context)), ("payload", FlowValue.Of(error.Payload))))))));
        return new FlowError(FlowValue.Of(FlowMap.Of(
            ("tags", FlowValue.ListOf(FlowValue.Of(FlowTags.UnhandledBranch), FlowValue.Of("RuntimeError"))),
            ("message", FlowValue.Of(
                "UnhandledBranchError: One or more branches or iterations encountered an unhandled runtime error")),
            ("branches", FlowValue.Of(FlowList.From(errors))),
            ("truncated", FlowValue.Of(block.Dropped > 0)))));
    }
}

using Cairn.Flows.Sources;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>
/// One operation of a compiled flow. A step is one or more of them; those that a run can stand at have a name that
/// snapshots keep. Immutable once compiled: many runs share them.
/// </summary>
internal abstract class Op
{
    /// <summary>The step that it belongs to.</summary>
    public StepCode Step { get; set; } = null!;

    /// <summary>The number of its step.</summary>
    public int StepIndex { get; set; }

    /// <summary>Where its first word stands.</summary>
    public SourcePlace Place { get; set; }

    /// <summary>Whether the step begins here: it counts as one step then.</summary>
    public bool Begins { get; set; }

    /// <summary>How many blocks of its own routine or branch are open around it.</summary>
    public int Depth { get; set; }

    /// <summary>What follows.</summary>
    public Op Next { get; set; } = null!;

    /// <summary>The same in every compilation: the step's id, then `#` and a number where it has several.</summary>
    public string Name { get; set; } = "";

    /// <summary>Replaces labels by what they stand for, once all operations are there.</summary>
    public virtual void Link() => Next = Target(Next);

    /// <summary>The operation that a label leads to.</summary>
    public static Op Target(Op op)
    {
        while (op is Ops.LabelOp label)
            op = label.Next;
        return op;
    }

    /// <summary>
    /// Does it; returns what follows, or null when the strand now waits or has ended. Errors of the language are
    /// thrown as <see cref="FlowError"/>.
    /// </summary>
    public abstract Op? Run(Strand strand);
}

/// <summary>An operation that waits for something: an effect, a timer, a request, branches, a routine.</summary>
internal abstract class WaitingOp : Op
{
    /// <inheritdoc/>
    public sealed override Op? Run(Strand strand)
    {
        strand.At = this;
        return Begin(strand);
    }

    /// <summary>Does it; null when the strand now waits.</summary>
    protected abstract Op? Begin(Strand strand);

    /// <summary>Goes on with what came; returns what follows, or null when it waits again.</summary>
    public abstract Op? Resume(Strand strand, Wake wake);

    /// <summary>A routine that this operation called has returned.</summary>
    public virtual Op? Returned(Strand strand, FlowValue value) =>
        throw new InvalidOperationException($"{Name} calls no routine");
}

using Cairn.Flows.Program;
using Cairn.Flows.Program.Ops;
using Cairn.Flows.Sources;

namespace Cairn.Flows.Compiling;

/// <summary>
/// The operations of one routine or branch as they are made, one behind the other. Where nothing falls through (after a
/// jump) there is no tail, and what is made next is reached by its label alone.
/// </summary>
internal sealed class OpSequence(OpTable table)
{
    private Op? _tail;
    private StepCode _step = null!;
    private SourcePlace _place;
    private bool _begins;

    /// <summary>How many blocks are open around what is made next.</summary>
    public int Depth { get; set; }

    /// <summary>The step that is being made.</summary>
    public StepCode Step => _step;

    /// <summary>The first operation.</summary>
    public LabelOp Start { get; } = new();

    /// <summary>Begins at the first operation.</summary>
    public void Open() => _tail = Start;

    /// <summary>A sequence beside this one, for operations of the same step: a branch that no author wrote.</summary>
    public OpSequence Aside()
    {
        var aside = new OpSequence(table);
        aside.Resume(Leave());
        aside.Open();
        return aside;
    }

    /// <summary>Goes on with a step; its first operation counts as one step.</summary>
    public void Begin(StepCode step)
    {
        (_step, _place, _begins) = (step, step.Place, true);
    }

    /// <summary>The same again for operations that belong to an outer step, after those of inner ones.</summary>
    public (StepCode Step, SourcePlace Place) Leave() => (_step, _place);

    /// <summary>Goes on with what <see cref="Leave"/> gave.</summary>
    public void Resume((StepCode Step, SourcePlace Place) state) =>
        (_step, _place, _begins) = (state.Step, state.Place, false);

    /// <summary>Where the operations that follow stand in the source.</summary>
    public void At(SourcePlace place) => _place = place;

    /// <summary>Adds an operation behind the last one.</summary>
    public T Emit<T>(T op)
        where T : Op
    {
        (op.Step, op.StepIndex, op.Place, op.Depth, op.Begins) = (_step, _step.Index, _place, Depth, _begins);
        _begins = false;
        table.Add(op);
        if (_tail is not null)
            _tail.Next = op;
        _tail = op;
        return op;
    }

    /// <summary>Puts a label here.</summary>
    public void Mark(LabelOp label)
    {
        if (_tail is not null)
            _tail.Next = label;
        _tail = label;
    }

    /// <summary>Goes on at a label elsewhere, which has so many blocks around it.</summary>
    public void Jump(Op target, int depth)
    {
        if (_begins || depth != Depth)
            Emit(new JumpOp(depth));
        if (_tail is not null)
            _tail.Next = target;
        _tail = null;
    }

    /// <summary>Nothing falls through here.</summary>
    public void Cut() => _tail = null;
}

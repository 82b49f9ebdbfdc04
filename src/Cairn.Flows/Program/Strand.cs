using Cairn.Flows.Expressions;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>A line of execution: the run's first, or a branch or iteration of a `parallel` step.</summary>
internal sealed class Strand(FlowMachine machine, int id, FlowFrame frame, Op at)
{
    /// <summary>What all strands of the run share.</summary>
    public FlowMachine Machine { get; } = machine;

    /// <summary>Its number, from 0; the first strand is 0, numbers are not used again.</summary>
    public int Id { get; } = id;

    /// <summary>Its variables.</summary>
    public FlowFrame Frame { get; set; } = frame;

    /// <summary>Where it stands.</summary>
    public Op At { get; set; } = at;

    /// <summary>What it is inside of, innermost last.</summary>
    public List<Enclosure> Blocks { get; } = [];

    /// <summary>The strand that started it, or null.</summary>
    public Strand? Parent { get; init; }

    /// <summary>Its number among the branches of its parent's step.</summary>
    public int Branch { get; init; }

    /// <summary>Routines that were called within each other, its parents' among them.</summary>
    public int CallDepth { get; set; }

    /// <summary>`parallel` steps around it.</summary>
    public int ParallelDepth { get; init; }

    /// <summary>What it waits for; null: it runs, or waits for its turn.</summary>
    public Waiting? Waiting { get; set; }

    /// <summary>The `parallel` step that it waits for.</summary>
    public Enclosure.Parallel Branches => (Enclosure.Parallel)Blocks[^1];

    /// <summary>Leaves all blocks of its routine down to a depth.</summary>
    public void LeaveTo(int depth)
    {
        var floor = RoutineFloor();
        Blocks.RemoveRange(floor + depth, Blocks.Count - floor - depth);
    }

    /// <summary>Ends the current routine; what called it goes on with its value. Null: the strand has ended.</summary>
    public Op? Return(FlowValue value)
    {
        var floor = RoutineFloor();
        if (floor == 0)
        {
            Blocks.Clear();
            Machine.Ended(this, value);
            return null;
        }

        var call = (Enclosure.Call)Blocks[floor - 1];
        Blocks.RemoveRange(floor - 1, Blocks.Count - floor + 1);
        Frame = call.Caller;
        CallDepth--;
        return call.Op.Returned(this, value);
    }

    /// <summary>Enters a routine whose variables are ready.</summary>
    public Op Enter(WaitingOp caller, RoutineCode routine, FlowFrame frame)
    {
        if (CallDepth >= Machine.Limits.CallDepth)
            throw FlowError.Of(
                FlowTags.Recursion, $"the call stack is deeper than {Machine.Limits.CallDepth} (in '{routine.Name}')");
        CallDepth++;
        Blocks.Add(new Enclosure.Call(caller, routine, Frame));
        Frame = frame;
        return routine.Entry;
    }

    /// <summary>
    /// The nearest `try` that takes an error goes on with it; null: the strand has ended, or waits for a retry.
    /// </summary>
    public Op? Raise(FlowError error)
    {
        Machine.Tallies[At.Step.Index].Errors++;
        return Raise(new Raised(error, Stack()));
    }

    /// <summary>The same for an error that was raised before, further in.</summary>
    public Op? Raise(Raised raised)
    {
        Waiting = null;
        for (var i = raised.Error.IsFinal() ? -1 : Blocks.Count - 1; i >= 0; i--)
        {
            if (Blocks[i] is not Enclosure.Try handler || !handler.Op.Takes(handler))
                continue;
            Unwind(i + 1);
            return handler.Op.Handle(this, handler, raised);
        }

        Machine.Failed(this, raised);
        return null;
    }

    /// <summary>Where it stands and who called it, innermost first.</summary>
    public IReadOnlyList<StackFrame> Stack()
    {
        var stack = new List<StackFrame> { new(At.Step, At.Place) };
        for (var i = Blocks.Count - 1; i >= 0; i--)
            if (Blocks[i] is Enclosure.Call call)
                stack.Add(new StackFrame(call.Op.Step, call.Op.Place));
        return stack;
    }

    private int RoutineFloor()
    {
        var floor = Blocks.Count;
        while (floor > 0 && Blocks[floor - 1] is not Enclosure.Call)
            floor--;
        return floor;
    }

    private void Unwind(int count)
    {
        for (var i = Blocks.Count - 1; i >= count; i--)
        {
            if (Blocks[i] is not Enclosure.Call call)
                continue;
            Frame = call.Caller;
            CallDepth--;
        }

        Blocks.RemoveRange(count, Blocks.Count - count);
    }
}

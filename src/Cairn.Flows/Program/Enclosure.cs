using Cairn.Flows.Expressions;

namespace Cairn.Flows.Program;

/// <summary>Something that a strand is inside of: a loop, a `try`, a call, a `parallel`. Closed.</summary>
internal abstract class Enclosure
{
    private Enclosure() { }

    /// <summary>A `for` over a list or a range.</summary>
    public sealed class Loop(Ops.LoopOp op, LoopValues values) : Enclosure
    {
        /// <summary>Its operation.</summary>
        public Ops.LoopOp Op { get; } = op;

        /// <summary>What it goes over.</summary>
        public LoopValues Values { get; } = values;

        /// <summary>The next position, from 0.</summary>
        public int Position { get; set; }
    }

    /// <summary>A `try`.</summary>
    public sealed class Try(Ops.TryOp op) : Enclosure
    {
        /// <summary>Its operation.</summary>
        public Ops.TryOp Op { get; } = op;

        /// <summary>Attempts that failed, from 0.</summary>
        public int Failed { get; set; }

        /// <summary>The error that a predicate is looking at; null while the body runs.</summary>
        public Raised? Pending { get; set; }
    }

    /// <summary>A routine call.</summary>
    public sealed class Call(WaitingOp op, RoutineCode routine, FlowFrame caller) : Enclosure
    {
        /// <summary>What was called.</summary>
        public RoutineCode Routine { get; } = routine;

        /// <summary>Who called.</summary>
        public WaitingOp Op { get; } = op;

        /// <summary>The caller's variables.</summary>
        public FlowFrame Caller { get; } = caller;
    }

    /// <summary>A `parallel` step.</summary>
    public sealed class Parallel(Ops.ParallelOp op, LoopValues? values, int total, int limit) : Enclosure
    {
        /// <summary>Its operation.</summary>
        public Ops.ParallelOp Op { get; } = op;

        /// <summary>What its iterations go over; null: it has branches.</summary>
        public LoopValues? Values { get; } = values;

        /// <summary>How many branches or iterations there are.</summary>
        public int Total { get; } = total;

        /// <summary>How many of them may run at once.</summary>
        public int Limit { get; } = limit;

        /// <summary>How many were started.</summary>
        public int Started { get; set; }

        /// <summary>How many have ended.</summary>
        public int Ended { get; set; }

        /// <summary>Errors that no branch handled, as far as they are kept, by branch.</summary>
        public SortedDictionary<int, BranchError> Errors { get; } = [];

        /// <summary>How many errors were dropped.</summary>
        public int Dropped { get; set; }

        /// <summary>Whether one more may start.</summary>
        public bool HasRoom => Started < Total && Started - Ended < Limit;
    }
}

/// <summary>An error that ended a branch (spec/workflows.md 4.3).</summary>
/// <param name="Id">The branch's name, or the iteration's number.</param>
/// <param name="Context">Where it was raised, in words.</param>
/// <param name="Payload">What was raised, JSON text.</param>
internal sealed record BranchError(string Id, string Context, string Payload);
